namespace N2D.Help;

/// <summary>An error in a page or comment.</summary>
/// <param name="message">What is wrong, and where.</param>
internal sealed class HelpException(string message) : Exception(message);
