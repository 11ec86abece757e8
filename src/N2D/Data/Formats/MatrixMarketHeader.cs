using System.Globalization;
using System.Text;

namespace N2D.Data;

/// <summary>The symmetry of a Matrix Market matrix. It determines the entries above the diagonal, which are not in the file.</summary>
internal enum MatrixSymmetry
{
    /// <summary>Not symmetric: all entries are in the file.</summary>
    General,

    /// <summary>Entries above the diagonal equal those below it.</summary>
    Symmetric,

    /// <summary>Entries above the diagonal are the negated ones below it (skew-symmetric).</summary>
    Skew,
}

/// <summary>The header of a Matrix Market file.</summary>
/// <param name="IsArray">Whether the file contains all entries, column by column, instead of entries with row and column numbers.</param>
/// <param name="IsPattern">Whether entries have no value, and are 1.</param>
/// <param name="Symmetry">The symmetry.</param>
/// <param name="RowCount">The number of rows.</param>
/// <param name="ColumnCount">The number of columns.</param>
/// <param name="EntryCount">The number of entries in the file.</param>
internal sealed record MatrixMarketHeader(
    bool IsArray, bool IsPattern, MatrixSymmetry Symmetry, int RowCount, int ColumnCount, long EntryCount)
{
    /// <summary>
    /// The position of the first entry of an array, from 0. Arrays are in column order; symmetric ones start each column at the diagonal.
    /// </summary>
    public (int Row, int Column) FirstPlace => (Symmetry == MatrixSymmetry.Skew ? 1 : 0, 0);

    /// <summary>Returns the position of the next entry in an array.</summary>
    /// <param name="place">The position of the previous entry.</param>
    public (int Row, int Column) After((int Row, int Column) place)
    {
        if (place.Row + 1 < RowCount)
        {
            return (place.Row + 1, place.Column);
        }

        var column = place.Column + 1;
        return (Symmetry switch { MatrixSymmetry.General => 0, MatrixSymmetry.Symmetric => column, _ => column + 1 }, column);
    }

    /// <summary>Reads the header: the banner, comments, and the sizes.</summary>
    /// <param name="file">The file, for errors.</param>
    /// <param name="lines">The lines of the file, at the first one.</param>
    /// <exception cref="N2DException">
    /// The header is malformed (<c>MatrixMarketHeader</c>), or the numbers are complex (<c>MatrixMarketType</c>).
    /// </exception>
    public static MatrixMarketHeader Read(InputFile file, ByteLines lines)
    {
        var words = lines.Read()
            ? Encoding.UTF8.GetString(lines.Line)
                .ToLowerInvariant()
                .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : [];
        if (words is not ["%%matrixmarket", "matrix", ("coordinate" or "array") and var layout, var field, var symmetry, ..])
        {
            throw file.Invalid(
                "MatrixMarketHeader",
                $", line 1: expected a banner such as '%%MatrixMarket matrix coordinate real general'. Write the file with "
                    + $"scipy.io.mmwrite.");
        }

        if (field == "complex" || symmetry == "hermitian")
        {
            throw file.Invalid(
                "MatrixMarketType",
                $" contains complex numbers, which cannot be clustered. Write their real parts, or their absolute values.");
        }

        var isKnown = field is "real" or "double" or "integer" || (field == "pattern" && layout == "coordinate");
        if (!isKnown || symmetry is not ("general" or "symmetric" or "skew-symmetric"))
        {
            throw file.Invalid(
                "MatrixMarketHeader",
                $", line 1: the matrix type '{layout} {field} {symmetry}' is not supported. "
                    + $"Supported are real, integer and pattern, and general, symmetric and skew-symmetric.");
        }

        var kind = symmetry switch
        {
            "symmetric" =>
            MatrixSymmetry.Symmetric,
            "skew-symmetric" => MatrixSymmetry.Skew,
            _ => MatrixSymmetry.General
        };
        return ReadSizes(file, lines, layout == "array", field == "pattern", kind);
    }

    private static MatrixMarketHeader ReadSizes(InputFile file, ByteLines lines, bool isArray, bool isPattern, MatrixSymmetry symmetry)
    {
        var hasLine = lines.Read();
        while (hasLine && lines.Line.TrimStart(" \t"u8).StartsWith("%"u8))
        {
            hasLine = lines.Read();
        }

        var sizes = hasLine ? Encoding.UTF8.GetString(lines.Line).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries) : [];
        var numbers = new long[isArray ? 2 : 3];
        if (sizes.Length != numbers.Length
            || !sizes.Index().All(size =>
                long.TryParse(size.Item, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[size.Index]))
            || numbers[0] is < 1 or > int.MaxValue || numbers[1] is < 1 or > int.MaxValue)
        {
            throw file.Invalid(
                "MatrixMarketHeader",
                $", line {lines.Number}: expected the numbers of rows{(isArray ? " and columns" : ", columns and entries")}, such as "
                    + $"'{(isArray ? "200 50" : "200 50 1000")}'.");
        }

        var (rows, columns) = ((int)numbers[0], (int)numbers[1]);
        if (symmetry != MatrixSymmetry.General && rows != columns)
        {
            throw file.Invalid(
                "MatrixMarketHeader",
                $", line {lines.Number}: a symmetric matrix must be square, but this one has {rows} rows and {columns} columns. "
                    + $"Correct the header, or write the file again.");
        }

        var triangle = (long)rows * (rows + 1) / 2;
        var inArray =
            symmetry switch { MatrixSymmetry.General => (long)rows * columns, MatrixSymmetry.Symmetric => triangle, _ => triangle - rows };
        return new MatrixMarketHeader(isArray, isPattern, symmetry, rows, columns, isArray ? inArray : numbers[2]);
    }
}
