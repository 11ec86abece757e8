namespace N2D.Pipeline;

/// <summary>Rows that were dropped from a data set because of missing values.</summary>
/// <param name="Places">Their row numbers in the source, from 0, ascending.</param>
/// <param name="Ids">Their ids; null if the rows have none.</param>
/// <param name="Labels">The names of their classes, null for unknown ones; null if the rows have no labels.</param>
internal sealed record DroppedRows(int[] Places, string[]? Ids, string?[]? Labels)
{
    /// <summary>The row number in the source of each row that was kept.</summary>
    /// <param name="keptCount">The number of rows that were kept.</param>
    public IEnumerable<int> PlacesOfKept(int keptCount)
    {
        var dropped = 0;
        for (var place = 0; place < keptCount + Places.Length; place++)
        {
            if (dropped < Places.Length && Places[dropped] == place)
            {
                dropped++;
            }
            else
            {
                yield return place;
            }
        }
    }

    /// <summary>The row number in the source of a row that was kept.</summary>
    /// <param name="row">The number of the row among those that were kept, from 0.</param>
    public int PlaceOf(int row)
    {
        // Places[i] - i rows before the dropped row i were kept, which never decreases.
        var (low, high) = (0, Places.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Places[middle] - middle <= row ? (middle + 1, high) : (low, middle);
        }

        return row + low;
    }
}
