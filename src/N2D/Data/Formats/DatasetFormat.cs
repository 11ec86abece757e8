namespace N2D.Data;

/// <summary>The formats of data files, each of them also compressed by gzip.</summary>
public enum DatasetFormat
{
    /// <summary>Whatever the first bytes of the file say.</summary>
    Auto,

    /// <summary>Text, a row a line, cells separated by commas, tabs, semicolons or bars: CSV and TSV.</summary>
    Delimited,

    /// <summary>The binary format of MNIST.</summary>
    Idx,

    /// <summary>The binary format of one NumPy array.</summary>
    Npy,

    /// <summary>An archive of several NumPy arrays.</summary>
    Npz,

    /// <summary>The text of libsvm and svmlight: a label, then index:value of what is not zero.</summary>
    LibSvm,

    /// <summary>The column format of Apache Arrow, pandas and Spark.</summary>
    Parquet,

    /// <summary>Images, a row each: PNG, JPEG, WebP, GIF, and binary PGM.</summary>
    Image,

    /// <summary>A workbook of Excel: .xlsx and .xlsm.</summary>
    Excel,

    /// <summary>JSON: an array of records, a record on each line (JSON Lines, NDJSON), or an object of columns.</summary>
    Json,

    /// <summary>The attribute-relation file format of Weka.</summary>
    Arff,

    /// <summary>Matrix Market, the text format of sparse matrices: .mtx.</summary>
    MatrixMarket,

    /// <summary>HDF5, also MATLAB's .mat files since version 7.3.</summary>
    Hdf5,
}
