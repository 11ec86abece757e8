namespace N2D.Host.Terminal;

/// <summary>What a command reports of itself through <c>$Host.PrivateData</c>.</summary>
public sealed class CommandOutcome
{
    /// <summary>Whether its last statement succeeded.</summary>
    public bool Succeeded { get; set; } = true;
}
