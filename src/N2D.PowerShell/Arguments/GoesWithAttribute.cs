using System.Management.Automation;
using System.Reflection;
using N2D.Clustering;

namespace N2D.PowerShell;

/// <summary>The methods that a parameter of Invoke-N2DCluster goes with; what has none goes with all.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GoesWithAttribute(params ClusterMethod[] methods) : Attribute
{
    /// <summary>The methods.</summary>
    public IReadOnlyList<ClusterMethod> Methods => methods;

    /// <summary>Refuses parameters that would do nothing: who gives one expects something of it.</summary>
    /// <param name="cmdlet">The cmdlet, with the parameters that the user gave.</param>
    /// <param name="method">The method that was asked for.</param>
    /// <exception cref="N2DException">One does not go with the method (<c>ParameterNotForMethod</c>).</exception>
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
                    $"-{name} does not go with -Method {method}: it is a parameter of {string.Join(", ", goesWith.Methods)}. Leave it out, or choose such a method.",
                    value);
            }
        }
    }
}
