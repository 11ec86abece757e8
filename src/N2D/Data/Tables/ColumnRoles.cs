using System.Globalization;
using N2D.Pipeline;

namespace N2D.Data;

/// <summary>The columns of a table: their names and roles.</summary>
/// <param name="Names">The name of each column. Columns without a name are called x1, x2, ...</param>
/// <param name="Roles">The role of each column.</param>
/// <param name="Features">The columns to cluster, from 0, in the order of the data set.</param>
/// <param name="Remarks">Decisions that no option asked for, to report as warnings.</param>
internal sealed record ColumnRoles(string[] Names, ColumnRole[] Roles, int[] Features, IReadOnlyList<Advice> Remarks)
{
    /// <summary>The label column, from 0; -1 if there is none.</summary>
    public int Label => Array.IndexOf(Roles, ColumnRole.Label);

    /// <summary>The id column, from 0; -1 if there is none.</summary>
    public int Id => Array.IndexOf(Roles, ColumnRole.Id);

    /// <summary>The position of the group column, from 0; -1 without groups.</summary>
    public int Group => Array.IndexOf(Roles, ColumnRole.Group);

    /// <summary>Assigns a role to each column.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="given">The name of each column; empty for a column without a name.</param>
    /// <param name="options">The user's options.</param>
    /// <exception cref="N2DException">
    /// An option names a column that does not exist (<c>LabelColumnNotFound</c>, <c>IdColumnNotFound</c>, <c>GroupColumnNotFound</c>,
    /// <c>ColumnNotFound</c>, <c>ExcludedColumnNotFound</c>, <c>CategoryColumnNotFound</c>) or exists more than once
    /// (<c>LabelColumnAmbiguous</c>, <c>IdColumnAmbiguous</c>, <c>GroupColumnAmbiguous</c>), a column has two roles
    /// (<c>IdColumnIsLabel</c>, <c>GroupColumnTaken</c>, <c>LabelColumnExcluded</c>, <c>ColumnTwice</c>,
    /// <c>CategoryColumnTaken</c>), a column that the model needs is missing (<c>ColumnMismatch</c>), or no column is left to cluster
    /// (<c>NoNumberColumns</c>).
    /// </exception>
    public static ColumnRoles Find(TableSource source, IReadOnlyList<string> given, TableOptions options) =>
        new ColumnRoleFinder(source, given, options).Find();

    /// <summary>Finds the weight column. It is one of the feature columns, because its cells are read as numbers.</summary>
    /// <param name="source">The table, for messages.</param>
    /// <param name="options">The user's options.</param>
    /// <returns>The column, from 0; -1 if there is none.</returns>
    /// <exception cref="N2DException">
    /// The column does not exist (<c>WeightColumnNotFound</c>), exists more than once (<c>WeightColumnAmbiguous</c>) or has another role
    /// (<c>WeightColumnTaken</c>), or no other column is left to cluster (<c>NoNumberColumns</c>).
    /// </exception>
    public int FindWeight(TableSource source, TableOptions options)
    {
        if (options.WeightColumn is not { } wanted)
        {
            return -1;
        }

        var column = new ColumnSearch(source.Title.Trim('\''), Names).FindOne(source, wanted, "Weight", options.Terms);
        return Roles[column] != ColumnRole.Feature
            ? throw source.Invalid(
                "WeightColumnTaken",
                $", {options.Terms.Column} {Quotation.Of(Names[column])}: it holds weights, "
                    + "so it cannot hold labels, ids, groups or categories, or be excluded. "
                    + $"Remove it from {nameof(TableOptions.WeightColumn)} or from the other option.",
                nameof(TableOptions.WeightColumn))
            : Features.Length > 1 ? column : throw ColumnRoleFinder.NoFeatures(source, Names, options.Terms);
    }

    /// <summary>Describes the roles, as the end of a sentence.</summary>
    /// <param name="labels">The labels; null if there are none.</param>
    public string Describe(Labels? labels)
    {
        var label = Label < 0 ? "no labels" : $"labels in column {Quotation.Of(Names[Label])}";
        if (labels is not null && labels.KnownCount < labels.RowCount)
        {
            label += string.Create(CultureInfo.InvariantCulture, $", known for {Quantity.Of(labels.KnownCount, "row")}");
        }

        label += Id < 0 ? "" : $", ids in column {Quotation.Of(Names[Id])}";
        label += Group < 0 ? "" : $", groups in column {Quotation.Of(Names[Group])}";
        string[] excluded = [.. Names.Where((_, column) => Roles[column] == ColumnRole.Excluded)];
        return excluded.Length == 0 ? label : $"{label}; left out: {Quotation.ListOf(excluded)}";
    }
}
