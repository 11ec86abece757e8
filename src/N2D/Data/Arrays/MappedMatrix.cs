using System.Buffers;
using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using N2D.Files;
using N2D.Numerics;

namespace N2D.Data;

/// <summary>
/// The rows of a memory-mapped file. The system reads pages on demand and frees them when memory is needed. The file is closed when the
/// matrix is no longer referenced.
/// </summary>
/// <remarks>
/// Reading a map beyond the end of a shortened file ends the process, so the length of the file is checked before each copy. Programs that
/// lock the files that they write, such as all .NET programs, cannot change a file while it is mapped.
/// </remarks>
internal sealed unsafe class MappedMatrix : IDataMatrix
{
    /// <summary>Small enough that the bytes stay in the cache until they are decoded.</summary>
    private const int ValuesPerPiece = 1 << 14;

    private readonly string _path;
    private readonly long _offset;
    private readonly ElementFormat _elements;
    private readonly SafeFileHandle _file;
    private readonly SafeMemoryMappedViewHandle _view;

    private MappedMatrix(
        string path,
        SafeFileHandle file,
        SafeMemoryMappedViewHandle view,
        long offset,
        int rowCount,
        int columnCount,
        ElementFormat elements)
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
    /// <param name="offset">The position of the first value, in bytes.</param>
    /// <param name="rowCount">n.</param>
    /// <param name="columnCount">d.</param>
    /// <param name="elements">The format of the values, which are in row-major order.</param>
    /// <exception cref="N2DException">
    /// The file cannot be read (<c>AccessDenied</c>, <c>ReadFailed</c>), or is shorter than expected (<c>FileChanged</c>).
    /// </exception>
    public static MappedMatrix Open(string path, long offset, int rowCount, int columnCount, ElementFormat elements) =>
        InputFile.Translating(path, () =>
    {
        var file = SharedFile.OpenHandle(path);
        try
        {
            using var map =
                MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);

            // The accessor is not disposed, because its handle is kept.
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
    public float[] GetRow(int row)
    {
        var values = new float[ColumnCount];
        CopyRows(row, values);
        return values;
    }

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
        Debug.Assert(first is not null && start >= 0, "The view is acquired, and the first row exists.");
        Debug.Assert(((long)start * ColumnCount) + target.Length <= (long)RowCount * ColumnCount, "The rows are within the matrix.");
        Debug.Assert((ulong)EndOfValues <= _view.ByteLength, "The values are within the view.");
        var source = first + _offset + ((long)start * ColumnCount * _elements.Size);
        if (_elements.IsFloat32)
        {
            new ReadOnlySpan<byte>(source, sizeof(float) * target.Length).CopyTo(MemoryMarshal.AsBytes(target));
            return;
        }

        // Values in the file can be unaligned and in the other byte order, so they are copied first.
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
                $"'{_path}' was shortened while it was in use: it has {length} bytes, but {EndOfValues} are needed. "
                    + "Do not change the file while it is in use, and read it again.",
                _path);
        }
    }
}
