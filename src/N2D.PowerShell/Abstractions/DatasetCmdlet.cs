using System.Management.Automation;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>
/// Base class of the cmdlets that create a data set: missing values, number formats, scaling, and the columns of a model.
/// </summary>
public abstract class DatasetCmdlet : N2DCmdlet
{
    /// <summary>
    /// <para type="description">How missing values are handled. Error rejects them and reports the number of missing values in each
    /// column. Drop leaves out rows with missing values (Get-N2DAssignment -IncludeDropped lists them). Mean, Median and Constant replace
    /// a missing value by the mean or median of its column, or by -MissingConstant. A saved model uses the values of its fit for new rows.
    /// Default: Error.</para>
    /// </summary>
    [Parameter]
    public MissingValuePolicy MissingValue { get; set; }

    /// <summary>
    /// <para type="description">The number that replaces missing values with -MissingValue Constant. Default: 0. Range: any finite
    /// number.</para>
    /// </summary>
    [Parameter]
    public double MissingConstant { get; set; }

    /// <summary>
    /// <para type="description">Adds a column 'name=missing' for each column with missing values: 1 if the value was missing, otherwise 0.
    /// Use it with -MissingValue Mean, Median or Constant.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter MissingIndicator { get; set; }

    /// <summary>
    /// <para type="description">More texts that mark a missing value in numbers, labels and categories, such as -999, None or '-'. An empty
    /// cell, NA, N/A, #N/A, NaN, NULL, \N and ? always mark a missing value. Case is ignored.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public string[]? MissingMark { get; set; }

    /// <summary>
    /// <para type="description">The culture of numbers in text, such as de-DE (1.234,5) or en-US (1,234.5). (Get-Culture) is the culture of
    /// the session. Default: a decimal point without thousands separators, or a decimal comma if the numbers are unambiguous.</para>
    /// </summary>
    [Parameter]
    [TakesCulture]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public NumberNotation? Culture { get; set; }

    /// <summary>
    /// <para type="description">Scales the columns: ZScore to mean 0 and standard deviation 1, MinMax to the range 0 to 1. Without scaling,
    /// columns with large numbers dominate the distances. Scaling is a stage: a saved model scales new rows in the same way. Default:
    /// None.</para>
    /// </summary>
    [Parameter]
    public Standardization Standardize { get; set; }

    /// <summary>
    /// <para type="description">The column or property with the group of each row, such as the person, machine or batch: text or numbers.
    /// Give its name, its position, or a wildcard that matches one name. Each group is scaled by its own figures, so that differences
    /// between the groups do not form clusters. Use it with -Standardize. The column is not clustered, and it cannot hold the ids or the
    /// labels as well. A saved model scales new rows of a known group by its figures; of another group, by those of the new rows
    /// if there are at least 30, otherwise by those of all rows of the fit. It refuses a row without a group, unless the model was fitted
    /// with -MissingValue Drop. Names that differ in case only are different groups; a warning reports them. Of the named data sets, Har
    /// has groups: subject. Default: none.</para>
    /// </summary>
    [Parameter]
    [OneColumn]
    [ArgumentCompleter(typeof(ColumnNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? StandardizeBy { get; set; }

    /// <summary>
    /// <para type="description">The model that the rows are read for, or the path of its file. Only the columns of the model are read, and
    /// the model handles missing values. Pipe the data set to Invoke-N2DModel. Default: none.</para>
    /// </summary>
    [Parameter]
    [TakesModel]
    [ArgumentCompleter(typeof(ModelFileCompleter))]
    public ModelArgument? Model { get; set; }

    /// <summary>The terms that messages use.</summary>
    private protected abstract TableTerms Terms { get; }

    /// <summary>Whether the user named the columns to cluster.</summary>
    private protected abstract bool AreColumnsChosen { get; }

    /// <summary>How the rows are prepared.</summary>
    private protected PreparationOptions Preparing => new()
    {
        MissingValue = MissingValue,
        MissingConstant = MissingConstant,
        HasIndicators = MissingIndicator,
        Standardize = Standardize,
        IsScaleChosen = IsBound(nameof(Standardize)),
        AreColumnsChosen = AreColumnsChosen,
        Terms = Terms,
    };

    /// <summary>Rejects combinations of parameters that contradict each other.</summary>
    private protected void CheckPreparation()
    {
        string[] preparing =
            [nameof(MissingValue), nameof(MissingConstant), nameof(MissingIndicator), nameof(Standardize), nameof(StandardizeBy)];
        if (Model is not null && preparing.FirstOrDefault(IsBound) is { } other)
        {
            throw new N2DException("ParameterNotForModel", ErrorKind.InvalidArgument, $"-{other} cannot be used with -Model: "
                + $"the model prepares new rows like those of its fit. Remove -{other}.", other);
        }

        if (IsBound(nameof(MissingConstant)) && MissingValue != MissingValuePolicy.Constant)
        {
            throw new N2DException("ParameterNotForMethod", ErrorKind.InvalidArgument, "-MissingConstant requires -MissingValue "
                + "Constant. Use it, or remove -MissingConstant.", MissingConstant);
        }

        if (MissingIndicator && MissingValue is MissingValuePolicy.Error or MissingValuePolicy.Drop)
        {
            throw new N2DException("ParameterNotForMethod", ErrorKind.InvalidArgument, "-MissingIndicator requires -MissingValue Mean, "
                + "Median or Constant. Add one of them, or remove -MissingIndicator.", MissingIndicator);
        }

        _ = Preparing;
    }

    /// <summary>Rejects weights with a model: they only influence a fit.</summary>
    /// <param name="parameter">The parameter that names the weights.</param>
    private protected void ThrowIfWeightsWithModel(string parameter)
    {
        if (Model is not null && IsBound(parameter))
        {
            throw new N2DException(
                "ParameterNotForModel", ErrorKind.InvalidArgument, $"-{parameter} cannot be used with -Model: "
                    + $"weights only influence a fit, and the model is fitted. Remove -{parameter}.", parameter);
        }
    }

    /// <summary>The options of the table: the roles of the columns, and the parameters that all tables share.</summary>
    /// <param name="columns">The columns to use.</param>
    /// <param name="excluded">The columns to exclude.</param>
    /// <param name="categories">The columns of categories.</param>
    /// <param name="label">The column of labels.</param>
    /// <param name="id">The column of ids.</param>
    /// <param name="weight">The column of weights.</param>
    private protected TableOptions TableOptionsFor(
        string[]? columns, string[]? excluded, string[]? categories, string? label, string? id, string? weight)
    {
        return new TableOptions
        {
            Columns = columns,
            ExcludedColumns = excluded,
            CategoryColumns = categories,
            LabelColumn = label,
            IdColumn = id,
            WeightColumn = weight,
            GroupColumn = StandardizeBy,
            MissingMarks = MissingMark,
            Culture = Culture,
            Required = RequiredColumns(),
            Terms = Terms,
        };
    }

    /// <summary>The columns that the model needs; null without a model.</summary>
    private RequiredColumns? RequiredColumns()
    {
        if (Model is null)
        {
            return null;
        }

        if (Model.Refusal is { } reason)
        {
            throw new N2DException("NotAModel", ErrorKind.InvalidArgument, reason, Model);
        }

        // The description names the columns. The arrays are read when the model is applied.
        return (Model.Model?.GetDescription() ?? FittedPipeline.Describe(ResolveFilePath(Model.Path!))).GetRequiredColumns();
    }

    /// <summary>The data set to write to the pipeline: prepared, or unchanged if a model prepares it.</summary>
    /// <param name="dataset">The data set as read.</param>
    /// <param name="execution">How to run.</param>
    private protected Embedding Prepared(Dataset dataset, Execution execution) =>
        Model is null ? Preparation.Apply(dataset, Preparing, execution) : dataset;
}
