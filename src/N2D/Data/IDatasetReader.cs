using N2D.Pipeline;

namespace N2D.Data;

/// <summary>Reads the data sets of one file format.</summary>
public interface IDatasetReader
{
    /// <summary>Reads one data set.</summary>
    /// <param name="path">Full path of the file, or of the folder where a format is several files.</param>
    /// <param name="execution">Whom to tell of the progress and when to stop; nobody and never unless given.</param>
    /// <returns>The rows, named after the file.</returns>
    /// <exception cref="N2DException">The file cannot be read or is not of the format; the message says where and what to do.</exception>
    Dataset Read(string path, Execution? execution = null);
}
