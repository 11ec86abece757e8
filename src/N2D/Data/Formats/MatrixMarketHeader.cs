using System.Globalization;
using System.Text;

namespace N2D.Data;

/// <summary>The symmetries of a matrix in Matrix Market: what the entries below the diagonal say about those above it.</summary>
internal enum MatrixSymmetry
{
    /// <summary>Nothing: all entries are in the file.</summary>
    General,

    /// <summary>They are the same.</summary>
    Symmetric,

    /// <summary>They are the same with the other sign.</summary>
    Skew,
}

/// <summary>The header of a Matrix Market file.</summary>
/// <param name="IsArray">Whether all entries are in the file, column by column; otherwise each is given with its row and column.</param>
/// <param name="IsPattern">Whether entries have no values: each is 1.</param>
/// <param name="Symmetry">The symmetry.</param>
/// <param name="RowCount">The rows.</param>
/// <param name="ColumnCount">The columns.</param>
/// <param name="EntryCount">The entries in the file.</param>
internal sealed record MatrixMarketHeader(bool IsArray, bool IsPattern, MatrixSymmetry Symmetry, int RowCount, int ColumnCount, long EntryCount)
{
    /// <summary>The place of the first entry of an array, from 0. An array goes column by column; of a symmetric one, from the diagonal down.</summary>
    public (int Row, int Column) FirstPlace => (Symmetry == MatrixSymmetry.Skew ? 1 : 0, 0);

    /// <summary>The place after another one in an array.</summary>
    /// <param name="place">The place before it.</param>
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
    /// <param name="lines">Its lines, at the first one.</param>
    /// <exception cref="N2DException">It is malformed (<c>MatrixMarketHeader</c>), or the numbers are complex (<c>MatrixMarketType</c>).</exception>
    public static MatrixMarketHeader Read(InputFile file, ByteLines lines)
    {
        var words = lines.Read() ? Encoding.UTF8.GetString(lines.Line).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
        if (words is not ["%%matrixmarket", "matrix", ("coordinate" or "array") and var layout, var field, var symmetry, ..])
        {
            throw file.Invalid("MatrixMarketHeader", $", line 1: expected a banner such as '%%MatrixMarket matrix coordinate real general'. Write the file with scipy.io.mmwrite.");
        }

        if (field == "complex" || symmetry == "hermitian")
        {
            throw file.Invalid("MatrixMarketType", $" holds complex numbers, which cannot be clustered. Write their real parts, or their absolute values.");
        }

        var isKnown = field is "real" or "double" or "integer" || (field == "pattern" && layout == "coordinate");
        if (!isKnown || symmetry is not ("general" or "symmetric" or "skew-symmetric"))
        {
            throw file.Invalid("MatrixMarketHeader", $", line 1: a matrix of type '{layout} {field} {symmetry}' is not known. Types are real, integer and pattern; general, symmetric and skew-symmetric.");
        }

        var kind = symmetry switch { "symmetric" => MatrixSymmetry.Symmetric, "skew-symmetric" => MatrixSymmetry.Skew, _ => MatrixSymmetry.General };
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
        if (sizes.Length != numbers.Length || !sizes.Index().All(size => long.TryParse(size.Item, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[size.Index]))
            || numbers[0] is < 1 or > int.MaxValue || numbers[1] is < 1 or > int.MaxValue)
        {
            throw file.Invalid("MatrixMarketHeader", $", line {lines.Number}: expected the numbers of rows{(isArray ? " and columns" : ", columns and entries")}, such as '{(isArray ? "200 50" : "200 50 1000")}'.");
        }

        var (rows, columns) = ((int)numbers[0], (int)numbers[1]);
        if (symmetry != MatrixSymmetry.General && rows != columns)
        {
            throw file.Invalid("MatrixMarketHeader", $", line {lines.Number}: a symmetric matrix has as many rows as columns, not {rows} and {columns}.");
        }

        var triangle = (long)rows * (rows + 1) / 2;
        var inArray = symmetry switch { MatrixSymmetry.General => (long)rows * columns, MatrixSymmetry.Symmetric => triangle, _ => triangle - rows };
        return new MatrixMarketHeader(isArray, isPattern, symmetry, rows, columns, isArray ? inArray : numbers[2]);
    }
}
