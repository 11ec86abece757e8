namespace N2D.Serialization;

/// <summary>A supported element type of safetensors.</summary>
/// <param name="Name">The name in the format.</param>
/// <param name="Size">The size of a value in bytes.</param>
/// <param name="Type">The .NET type.</param>
internal sealed record ElementType(string Name, int Size, Type Type)
{
    private static readonly ElementType[] Known =
    [
        new("F32", sizeof(float), typeof(float)),
        new("F64", sizeof(double), typeof(double)),
        new("I32", sizeof(int), typeof(int)),
        new("I64", sizeof(long), typeof(long)),
    ];

    /// <summary>The names of all supported types.</summary>
    public static string Names => string.Join(", ", Known.Select(type => type.Name));

    /// <summary>Returns the element type of a .NET type.</summary>
    public static ElementType Of<T>()
        where T : unmanaged =>
        Array.Find(Known, type => type.Type == typeof(T)) ?? throw new ArgumentException($"Arrays of {typeof(T)} are not supported.");

    /// <summary>Returns the element type with a name; null if it is not supported.</summary>
    public static ElementType? Find(string? name) => Array.Find(Known, type => type.Name == name);
}
