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
        var names = Enumerable.Range(1, rows.ColumnCount)
            .Select(dimension => string.Create(CultureInfo.InvariantCulture, $"D{dimension}"))
            .ToArray();
        var (identity, offsets) = (new RowIdentity(InputObject), new ColumnOffsets(InputObject));
        for (var row = 0; row < rows.RowCount; row++)
        {
            var values = rows.GetRow(row);
            var item = new PSObject();
            foreach (var (name, value) in identity.Of(row))
            {
                item.Properties.Add(new PSNoteProperty(name, value));
            }

            for (var column = 0; column < names.Length; column++)
            {
                item.Properties.Add(new PSNoteProperty(names[column], offsets.Restore(column, values[column])));
            }

            WriteObject(item);
        }
    }
}
