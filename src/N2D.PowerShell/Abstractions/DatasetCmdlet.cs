using System.Management.Automation;
using N2D.Data;
using N2D.Models;
using N2D.Pipeline;

namespace N2D.PowerShell;

/// <summary>What the cmdlets share that make a data set: missing values, categories, the notation of numbers, scaling, and the columns of a model.</summary>
public abstract class DatasetCmdlet : N2DCmdlet
{
    /// <summary>
    /// <para type="description">What to do about missing values. Error refuses them and reports how many each column has. Drop leaves out rows that have one; they keep their places
    /// (Get-N2DAssignment -IncludeDropped). Mean, Median and Constant replace each by the column's mean, its median, or -MissingConstant. A model saves the values of its
    /// fit, and uses them when it scores. Default: Error.</para>
    /// </summary>
    [Parameter]
    public MissingValuePolicy MissingValue { get; set; }

    /// <summary>
    /// <para type="description">The number that replaces missing values under -MissingValue Constant. Default: 0. Range: any finite number.</para>
    /// </summary>
    [Parameter]
    public double MissingConstant { get; set; }

    /// <summary>
    /// <para type="description">Adds a column 'name=missing' for each column with missing values: 1 where the value was missing, 0 elsewhere. For -MissingValue Mean, Median and
    /// Constant.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter MissingIndicator { get; set; }

    /// <summary>
    /// <para type="description">Further texts that mark a missing value, such as -999, None or '-', among numbers, labels and categories. Always recognized, in any case: an empty
    /// cell, NA, N/A, #N/A, NaN, NULL, \N and ?.</para>
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public string[]? MissingMark { get; set; }

    /// <summary>
    /// <para type="description">The culture whose notation numbers in text have, such as de-DE (1.234,5) or en-US (1,234.5); (Get-Culture) is this session's. Default: a decimal point
    /// without thousands separators, or a decimal comma where the numbers leave no doubt.</para>
    /// </summary>
    [Parameter]
    [TakesCulture]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public NumberNotation? Culture { get; set; }

    /// <summary>
    /// <para type="description">Brings the columns to a common scale: ZScore to mean 0 and standard deviation 1, MinMax to 0 to 1. Columns with large numbers dominate the
    /// distances otherwise. Scaling is a stage: a saved model scales later rows alike. Default: None.</para>
    /// </summary>
    [Parameter]
    public Standardization Standardize { get; set; }

    /// <summary>
    /// <para type="description">The model that the rows are read for, or the path of its file. Its columns are taken and others ignored; missing values are left to it. Pipe the data set to
    /// Invoke-N2DModel. Default: none.</para>
    /// </summary>
    [Parameter]
    [TakesModel]
    [ArgumentCompleter(typeof(ModelFileCompleter))]
    public ModelArgument? Model { get; set; }

    /// <summary>The words of messages.</summary>
    private protected abstract TableTerms Terms { get; }

    /// <summary>Whether the user named the columns to cluster.</summary>
    private protected abstract bool AreColumnsChosen { get; }

    /// <summary>How the rows are prepared.</summary>
    private protected PreparationOptions Preparing => new()
    {
        MissingValue = MissingValue,
        Constant = MissingConstant,
        HasIndicators = MissingIndicator,
        Standardize = Standardize,
        IsScaleChosen = IsBound(nameof(Standardize)),
        AreColumnsChosen = AreColumnsChosen,
        Terms = Terms,
    };

    /// <summary>Refuses parameters that do not go together.</summary>
    private protected void CheckPreparation()
    {
        if (Model is not null && new[] { nameof(MissingValue), nameof(MissingConstant), nameof(MissingIndicator), nameof(Standardize) }.FirstOrDefault(IsBound) is { } other)
        {
            throw new N2DException("ParameterNotForModel", ErrorKind.InvalidArgument, $"-{other} does not go with -Model: the model prepares rows as it prepared those of its fit. Leave out -{other}.", other);
        }

        if (IsBound(nameof(MissingConstant)) && MissingValue != MissingValuePolicy.Constant)
        {
            throw new N2DException("ParameterNotForMethod", ErrorKind.InvalidArgument, "-MissingConstant is for -MissingValue Constant. Add that, or leave out -MissingConstant.", MissingConstant);
        }

        if (MissingIndicator && MissingValue is MissingValuePolicy.Error or MissingValuePolicy.Drop)
        {
            throw new N2DException("ParameterNotForMethod", ErrorKind.InvalidArgument, "-MissingIndicator is for -MissingValue Mean, Median and Constant. Add one of these, or leave out -MissingIndicator.", MissingIndicator);
        }

        _ = Preparing;
    }

    /// <summary>Refuses weights beside a model, which is fitted.</summary>
    /// <param name="parameter">The parameter that names them.</param>
    private protected void ThrowIfWeighsForModel(string parameter)
    {
        if (Model is not null && IsBound(parameter))
        {
            throw new N2DException(
                "ParameterNotForModel", ErrorKind.InvalidArgument, $"-{parameter} does not go with -Model: the model is fitted, and weights count in a fit alone. Leave out -{parameter}.", parameter);
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

        // The description of a model names its columns; its arrays are read when it is applied.
        return (Model.Model?.GetDescription() ?? FittedPipeline.Describe(ResolveFilePath(Model.Path!))).GetRequiredColumns();
    }

    /// <summary>The data set as it goes down the pipeline: prepared, or as it was read where a model prepares it.</summary>
    /// <param name="dataset">The rows as they were read.</param>
    /// <param name="execution">How to run.</param>
    private protected Embedding Prepared(Dataset dataset, Execution execution) => Model is null ? Preparation.Apply(dataset, Preparing, execution) : dataset;
}
