namespace N2D.Data;

/// <summary>The formats of data files. Each can be compressed with gzip.</summary>
public enum DatasetFormat
{
    /// <summary>Detected from the first bytes of the file.</summary>
    Auto,

    /// <summary>Text with one row per line and cells separated by commas, tabs, semicolons or bars: CSV and TSV.</summary>
    Delimited,

    /// <summary>The binary format of MNIST.</summary>
    Idx,

    /// <summary>The binary format of a single NumPy array.</summary>
    Npy,

    /// <summary>An archive of several NumPy arrays.</summary>
    Npz,

    /// <summary>The text format of libsvm and svmlight: a label, then index:value for each nonzero value.</summary>
    LibSvm,

    /// <summary>The columnar format of Apache Arrow, pandas and Spark.</summary>
    Parquet,

    /// <summary>Images, one row each: PNG, JPEG, WebP, GIF, and binary PGM.</summary>
    Image,

    /// <summary>An Excel workbook: .xlsx or .xlsm.</summary>
    Excel,

    /// <summary>JSON: an array of records, one record per line (JSON Lines, NDJSON), or an object of columns.</summary>
    Json,

    /// <summary>The Attribute-Relation File Format of Weka.</summary>
    Arff,

    /// <summary>Matrix Market, the text format of sparse matrices: .mtx.</summary>
    MatrixMarket,

    /// <summary>HDF5, including MATLAB .mat files since version 7.3.</summary>
    Hdf5,
}
