using System.Management.Automation;

namespace N2D.PowerShell;

/// <summary>The streams of a session that long work writes to.</summary>
internal interface ISessionWriter
{
    /// <summary>Writes to the output stream.</summary>
    /// <param name="item">The object.</param>
    void WriteObject(object item);

    /// <summary>Writes to the verbose stream.</summary>
    /// <param name="text">The text.</param>
    void WriteVerbose(string text);

    /// <summary>Writes to the warning stream.</summary>
    /// <param name="text">The text.</param>
    void WriteWarning(string text);

    /// <summary>Writes to the progress stream.</summary>
    /// <param name="record">The record.</param>
    void WriteProgress(ProgressRecord record);
}
