using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace N2D.Numerics;

/// <summary>
/// Rows of float32 in interleaved groups of eight (an array of structures of arrays): one register for each column, one lane for each
/// row. Kernels compute eight distances at once without horizontal sums.
/// </summary>
internal sealed class InterleavedRows
{
    /// <summary>The number of rows in a group.</summary>
    public const int GroupSize = 8;

    /// <summary>The number of columns that are transposed at once. The stride of <see cref="AlignedRows"/> is a multiple of it.</summary>
    private const int ColumnsPerTranspose = 4;

    private readonly int _paddedColumnCount;
    private readonly AlignedRows _columns;

    /// <summary>Creates groups of zeros.</summary>
    /// <param name="groupCount">The number of groups.</param>
    /// <param name="columnCount">c, 1 or more.</param>
    public InterleavedRows(int groupCount, int columnCount)
    {
        _paddedColumnCount = (columnCount + ColumnsPerTranspose - 1) / ColumnsPerTranspose * ColumnsPerTranspose;
        _columns = new AlignedRows(groupCount * _paddedColumnCount, GroupSize);
    }

    /// <summary>The eight values of a column in a group.</summary>
    public ReadOnlySpan<float> this[int group, int column] => _columns[(group * _paddedColumnCount) + column];

    /// <summary>The number of groups that hold a number of rows.</summary>
    public static int GroupsOf(int rowCount) => (rowCount + GroupSize - 1) / GroupSize;

    /// <summary>A reference to the lanes of a group's first column. The lanes of the next columns follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float Start(int group) => ref _columns.Start(group * _paddedColumnCount);

    /// <summary>Copies eight rows into the lanes of a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="rows">Rows of c columns.</param>
    /// <param name="numbers">The number of the row for each lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(int group, AlignedRows rows, ReadOnlySpan<int> numbers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numbers.Length, GroupSize);
        Debug.Assert(rows.Stride >= _paddedColumnCount, "The rows must have the columns of the group.");
        ref var lanes = ref Start(group);
        ref var number = ref MemoryMarshal.GetReference(numbers);
        ref var row0 = ref rows.Start(number);
        ref var row1 = ref rows.Start(Unsafe.Add(ref number, 1));
        ref var row2 = ref rows.Start(Unsafe.Add(ref number, 2));
        ref var row3 = ref rows.Start(Unsafe.Add(ref number, 3));
        ref var row4 = ref rows.Start(Unsafe.Add(ref number, 4));
        ref var row5 = ref rows.Start(Unsafe.Add(ref number, 5));
        ref var row6 = ref rows.Start(Unsafe.Add(ref number, 6));
        ref var row7 = ref rows.Start(Unsafe.Add(ref number, 7));
        for (nuint column = 0; column < (nuint)_paddedColumnCount; column += ColumnsPerTranspose)
        {
            var (first, second, third, fourth) = Transpose4x4(
                Vector256.Create(Vector128.LoadUnsafe(ref row0, column), Vector128.LoadUnsafe(ref row4, column)),
                Vector256.Create(Vector128.LoadUnsafe(ref row1, column), Vector128.LoadUnsafe(ref row5, column)),
                Vector256.Create(Vector128.LoadUnsafe(ref row2, column), Vector128.LoadUnsafe(ref row6, column)),
                Vector256.Create(Vector128.LoadUnsafe(ref row3, column), Vector128.LoadUnsafe(ref row7, column)));
            var lane = column * GroupSize;
            first.StoreUnsafe(ref lanes, lane);
            second.StoreUnsafe(ref lanes, lane + GroupSize);
            third.StoreUnsafe(ref lanes, lane + (2 * GroupSize));
            fourth.StoreUnsafe(ref lanes, lane + (3 * GroupSize));
        }
    }

    /// <summary>Copies the first lanes of a group into rows.</summary>
    /// <param name="group">The group.</param>
    /// <param name="rows">Rows of c columns.</param>
    /// <param name="numbers">The number of the row for each lane that is copied, 0 to 8 of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(int group, AlignedRows rows, ReadOnlySpan<int> numbers)
    {
        Debug.Assert(numbers.Length <= GroupSize, "A group has no more rows.");
        Debug.Assert(rows.Stride >= _paddedColumnCount, "The rows must have the columns of the group.");
        ref var lanes = ref Start(group);
        for (nuint column = 0; column < (nuint)_paddedColumnCount; column += ColumnsPerTranspose)
        {
            var lane = column * GroupSize;
            var (rows04, rows15, rows26, rows37) = Transpose4x4(
                Vector256.LoadUnsafe(ref lanes, lane),
                Vector256.LoadUnsafe(ref lanes, lane + GroupSize),
                Vector256.LoadUnsafe(ref lanes, lane + (2 * GroupSize)),
                Vector256.LoadUnsafe(ref lanes, lane + (3 * GroupSize)));
            switch (numbers.Length)
            {
                case 8:
                    rows37.GetUpper().StoreUnsafe(ref rows.Start(numbers[7]), column);
                    goto case 7;
                case 7:
                    rows26.GetUpper().StoreUnsafe(ref rows.Start(numbers[6]), column);
                    goto case 6;
                case 6:
                    rows15.GetUpper().StoreUnsafe(ref rows.Start(numbers[5]), column);
                    goto case 5;
                case 5:
                    rows04.GetUpper().StoreUnsafe(ref rows.Start(numbers[4]), column);
                    goto case 4;
                case 4:
                    rows37.GetLower().StoreUnsafe(ref rows.Start(numbers[3]), column);
                    goto case 3;
                case 3:
                    rows26.GetLower().StoreUnsafe(ref rows.Start(numbers[2]), column);
                    goto case 2;
                case 2:
                    rows15.GetLower().StoreUnsafe(ref rows.Start(numbers[1]), column);
                    goto case 1;
                case 1:
                    rows04.GetLower().StoreUnsafe(ref rows.Start(numbers[0]), column);
                    break;
            }
        }
    }

    /// <summary>Transposes the lower halves of four registers, and their upper halves, as 4 x 4 matrices.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<float> First, Vector256<float> Second, Vector256<float> Third, Vector256<float> Fourth) Transpose4x4(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        if (Avx.IsSupported)
        {
            var (lowerAb, upperAb) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
            var (lowerCd, upperCd) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
            return (
                Avx.Shuffle(lowerAb, lowerCd, 0b01_00_01_00),
                Avx.Shuffle(lowerAb, lowerCd, 0b11_10_11_10),
                Avx.Shuffle(upperAb, upperCd, 0b01_00_01_00),
                Avx.Shuffle(upperAb, upperCd, 0b11_10_11_10));
        }

        return (
            Vector256.Create(a[0], b[0], c[0], d[0], a[4], b[4], c[4], d[4]),
            Vector256.Create(a[1], b[1], c[1], d[1], a[5], b[5], c[5], d[5]),
            Vector256.Create(a[2], b[2], c[2], d[2], a[6], b[6], c[6], d[6]),
            Vector256.Create(a[3], b[3], c[3], d[3], a[7], b[7], c[7], d[7]));
    }
}
