using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// The rows of a file that is mapped into memory: the system reads what is looked at, and lets go of it when the memory is needed for something else. Closed when
/// nobody holds it any more.
/// </summary>
/// <remarks>
/// A map of a file that got shorter ends the process where it is read past the new end, so the file's length is looked at before each copy. Programs that lock
/// what they write (all of .NET's) cannot change it while it is mapped.
/// </remarks>
internal sealed unsafe class MappedMatrix : IDataMatrix
{
    /// <summary>Few enough that their bytes stay in the cache until they are numbers.</summary>
    private const int ValuesPerPiece = 1 << 14;

    private readonly string _path;
    private readonly long _offset;
    private readonly ElementFormat _elements;
    private readonly SafeFileHandle _file;
    private readonly SafeMemoryMappedViewHandle _view;

    private MappedMatrix(string path, SafeFileHandle file, SafeMemoryMappedViewHandle view, long offset, int rowCount, int columnCount, ElementFormat elements)
    {
        _path = path;
        _file = file;
        _view = view;
        _offset = offset;
        _elements = elements;
        RowCount = rowCount;
        ColumnCount = columnCount;
    }

    /// <inheritdoc/>
    public int RowCount { get; }

    /// <inheritdoc/>
    public int ColumnCount { get; }

    /// <inheritdoc/>
    public bool IsFinite => _elements.IsInteger;

    private long EndOfValues => _offset + ((long)RowCount * ColumnCount * _elements.Size);

    /// <summary>Maps a file.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="offset">Where its values begin, in bytes.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="elements">How it holds them, row after row.</param>
    /// <exception cref="N2DException">
    /// It cannot be read (<c>AccessDenied</c>, <c>ReadFailed</c>), or is shorter than it was said to be (<c>FileChanged</c>).
    /// </exception>
    public static MappedMatrix Open(string path, long offset, int rowCount, int columnCount, ElementFormat elements) => InputFile.Translating(path, () =>
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            using var map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);

            // Not disposed: the handle of the view is all that is kept of it.
            var view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            var matrix = new MappedMatrix(path, file, view.SafeMemoryMappedViewHandle, offset, rowCount, columnCount, elements);
            matrix.ThrowIfShorter();
            return matrix;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <inheritdoc/>
    public void CopyRows(int start, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + (target.Length / ColumnCount), RowCount);
        ThrowIfShorter();
        byte* first = null;
        _view.AcquirePointer(ref first);
        try
        {
            Copy(first, start, target);
        }
        finally
        {
            _view.ReleasePointer();
        }
    }

    /// <inheritdoc/>
    public void CopyRows(ReadOnlySpan<int> numbers, Span<float> target)
    {
        ThrowIfShorter();
        byte* first = null;
        _view.AcquirePointer(ref first);
        try
        {
            for (var place = 0; place < numbers.Length; place++)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)numbers[place], (uint)RowCount);
                Copy(first, numbers[place], target.Slice(place * ColumnCount, ColumnCount));
            }
        }
        finally
        {
            _view.ReleasePointer();
        }
    }

    private void Copy(byte* first, int start, Span<float> target)
    {
        var source = first + _offset + ((long)start * ColumnCount * _elements.Size);
        if (_elements.IsFloat32)
        {
            new ReadOnlySpan<byte>(source, sizeof(float) * target.Length).CopyTo(MemoryMarshal.AsBytes(target));
            return;
        }

        // A copy, as the values need not be aligned in the file, and may have to be turned round.
        var piece = ArrayPool<byte>.Shared.Rent(ValuesPerPiece * _elements.Size);
        for (var done = 0; done < target.Length; done += ValuesPerPiece)
        {
            var count = Math.Min(ValuesPerPiece, target.Length - done);
            var bytes = piece.AsSpan(0, count * _elements.Size);
            new ReadOnlySpan<byte>(source + ((long)done * _elements.Size), bytes.Length).CopyTo(bytes);
            _elements.Decode(bytes, target.Slice(done, count));
        }

        ArrayPool<byte>.Shared.Return(piece);
    }

    private void ThrowIfShorter()
    {
        if (RandomAccess.GetLength(_file) is var length && length < EndOfValues)
        {
            throw new N2DException(
                "FileChanged",
                ErrorKind.InvalidData,
                $"'{_path}' was made shorter while it was in use: {length} bytes, where {EndOfValues} are needed. Leave it as it is until the work is done, and import it again.",
                _path);
        }
    }
}
