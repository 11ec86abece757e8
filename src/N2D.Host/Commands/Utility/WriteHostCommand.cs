using System.Management.Automation;

namespace N2D.Host.Commands.Utility;

/// <summary>Stands in for Write-Host: text for the reader, past the pipeline, on the information stream.</summary>
[Cmdlet(VerbsCommunications.Write, "Host")]
public sealed class WriteHostCommand : PSCmdlet
{
    /// <summary>What to write.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [Alias("Object", "Msg", "Message")]
    public object? Content { get; set; }

    /// <summary>Whether the line stays open.</summary>
    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    /// <summary>What stands between the elements of a list. Default: a space.</summary>
    [Parameter]
    public string Separator { get; set; } = " ";

    /// <summary>The colour of the text.</summary>
    [Parameter]
    public ConsoleColor? ForegroundColor { get; set; }

    /// <summary>The colour behind the text.</summary>
    [Parameter]
    public ConsoleColor? BackgroundColor { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var message = new HostInformationMessage { Message = TextOf(Content), NoNewLine = NoNewline };
        if (ForegroundColor is not null || BackgroundColor is not null)
        {
            message.ForegroundColor = ForegroundColor ?? Host.UI.RawUI.ForegroundColor;
            message.BackgroundColor = BackgroundColor ?? Host.UI.RawUI.BackgroundColor;
        }

        // The tag is what the engine tells host output by.
        WriteInformation(message, ["PSHOST"]);
    }

    private string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        PSObject { BaseObject: string or System.Collections.IEnumerable } wrapped => TextOf(wrapped.BaseObject),
        System.Collections.IDictionary or not System.Collections.IEnumerable => LanguagePrimitives.ConvertTo<string>(value),
        System.Collections.IEnumerable list => string.Join(Separator, list.Cast<object?>().Select(TextOf)),
    };
}
