using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Reads the data sets of one file format.</summary>
public interface IDatasetReader
{
    /// <summary>Reads one data set.</summary>
    /// <param name="path">The full path of the file, or of the folder if the format consists of several files.</param>
    /// <param name="execution">Progress, warnings and cancellation; null for none.</param>
    /// <returns>The rows. The data set has the name of the file.</returns>
    /// <exception cref="N2DException">
    /// The file cannot be read or does not have the format. The message says where and what to do.
    /// </exception>
    Dataset Read(string path, Execution? execution = null);
}
