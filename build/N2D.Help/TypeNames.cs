namespace N2D.Help;

/// <summary>Types as PowerShell writes them.</summary>
internal static class TypeNames
{
    /// <summary>The type, without Nullable.</summary>
    public static Type ValueOf(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>The short name, as in a syntax diagram: <c>Int32</c>, <c>String[]</c>, <c>DistanceMetric</c>.</summary>
    public static string ShortNameOf(Type type) => ValueOf(type).Name;

    /// <summary>The full name, as <c>Get-Member</c> shows it.</summary>
    public static string FullNameOf(Type type) => ValueOf(type).FullName!;
}
