using System.Management.Automation.Host;

namespace N2D.Host.Terminal;

/// <summary>What the engine may know and do of the terminal below its lines: size, colours, keys.</summary>
/// <remarks>Reading and writing cells, which only Windows consoles can, is refused.</remarks>
internal sealed class RawUserInterface(Screen screen) : PSHostRawUserInterface
{
    private const int RedirectedHeight = 25;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition
    {
        get => screen.CanAsk && screen.OutputIsTerminal ? new Coordinates(Console.CursorLeft, Console.CursorTop) : throw NoTerminal();
        set => throw NoTerminal();
    }

    public override int CursorSize { get; set; } = 25;

    public override Size BufferSize
    {
        get => new(screen.Width, screen.OutputIsTerminal ? Math.Max(1, Console.WindowHeight) : RedirectedHeight);
        set => throw NoTerminal();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw NoTerminal();
    }

    public override Size MaxWindowSize => BufferSize;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override string WindowTitle { get; set; } = "N2D.Host";

    public override bool KeyAvailable => screen.CanAsk && Console.KeyAvailable;

    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        if (!screen.CanAsk)
        {
            throw NoTerminal();
        }

        var key = Console.ReadKey(options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NoTerminal();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NoTerminal();

    /// <summary>Clear-Host on Windows fills the whole buffer with blanks.</summary>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
        if (screen.OutputIsTerminal)
        {
            Console.Clear();
        }
    }

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NoTerminal();

    private static HostException NoTerminal() => new("This console cannot do that: it is no terminal, or none whose cells can be read and set.");
}
