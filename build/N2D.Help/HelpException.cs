namespace N2D.Help;

/// <summary>A page or comment that no help can be made of; the message says which and why.</summary>
/// <param name="message">What is wrong, and where.</param>
internal sealed class HelpException(string message) : Exception(message);
