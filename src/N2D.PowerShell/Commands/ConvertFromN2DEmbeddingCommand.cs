using System.Globalization;
using System.Management.Automation;
using N2D.Pipeline;

namespace N2D.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Converts an embedding to objects, one for each row: Index, Id, Label, D1, D2, ...</para>
/// <para type="description">Streams the objects, for Export-Csv, Where-Object or your own plots. Index counts from 0 in the order of
/// the data set. Id and Label exist only if the data set has ids and labels.</para>
/// </summary>
[Cmdlet(VerbsData.ConvertFrom, "N2DEmbedding")]
[OutputType(typeof(PSObject))]
public sealed class ConvertFromN2DEmbeddingCommand : N2DCmdlet
{
    /// <summary>
    /// <para type="description">The embedding or data set.</para>
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, Position = 0)]
    [Takes(typeof(Embedding))]
    [AllowNull]
    public Embedding InputObject { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessObject()
    {
        ThrowIfNoDataset(InputObject);
        var rows = InputObject.GetDataMatrix();
        var values = new float[rows.ColumnCount];
        var labels = InputObject.GetLabels();
        var ids = InputObject.GetIds();
        var names = Enumerable.Range(1, rows.ColumnCount).Select(dimension => string.Create(CultureInfo.InvariantCulture, $"D{dimension}")).ToArray();
        var offsets = InputObject.GetOffsets();
        var row = 0;
        foreach (var place in InputObject.EnumeratePlaces())
        {
            rows.CopyRows(row, values);
            var item = new PSObject();
            item.Properties.Add(new PSNoteProperty("Index", place));
            if (ids is not null)
            {
                item.Properties.Add(new PSNoteProperty("Id", ids[row]));
            }

            if (labels is not null)
            {
                item.Properties.Add(new PSNoteProperty("Label", labels[row]));
            }

            for (var column = 0; column < names.Length; column++)
            {
                // Float32 as it is; a number that float32 cannot show comes out as double.
                object value = offsets is { } less && less[column] != 0 ? (object)(values[column] + less[column]) : values[column];
                item.Properties.Add(new PSNoteProperty(names[column], value));
            }

            WriteObject(item);
            row++;
        }
    }
}
