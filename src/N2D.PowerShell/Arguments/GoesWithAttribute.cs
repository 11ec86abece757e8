using System.Management.Automation;
using System.Reflection;
using N2D.Clustering;

namespace N2D.PowerShell;

/// <summary>The methods that a parameter of Invoke-N2DCluster applies to. Without it, a parameter applies to all methods.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GoesWithAttribute(params ClusterMethod[] methods) : Attribute
{
    /// <summary>The methods.</summary>
    public IReadOnlyList<ClusterMethod> Methods => methods;

    /// <summary>Rejects parameters that would have no effect.</summary>
    /// <param name="cmdlet">The cmdlet and its bound parameters.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="N2DException">A parameter does not apply to the method (<c>ParameterNotForMethod</c>).</exception>
    public static void Check(PSCmdlet cmdlet, ClusterMethod method)
    {
        foreach (var (name, value) in cmdlet.MyInvocation.BoundParameters)
        {
            var goesWith = cmdlet.GetType().GetProperty(name)?.GetCustomAttribute<GoesWithAttribute>();
            if (goesWith is not null && !goesWith.Methods.Contains(method))
            {
                throw new N2DException(
                    "ParameterNotForMethod",
                    ErrorKind.InvalidArgument,
                    $"-{name} does not apply to -Method {method}, only to {string.Join(", ", goesWith.Methods)}. "
                        + (goesWith.Methods.Count == 1
                            ? $"Remove it, or use -Method {goesWith.Methods[0]}."
                            : "Remove it, or use one of these methods."),
                    value);
            }
        }
    }
}
