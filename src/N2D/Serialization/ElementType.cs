namespace N2D.Serialization;

/// <summary>A type of values that is written and read here, of those that safetensors knows.</summary>
/// <param name="Name">The format's name of it.</param>
/// <param name="Size">Bytes a value.</param>
/// <param name="Type">The type in memory.</param>
internal sealed record ElementType(string Name, int Size, Type Type)
{
    private static readonly ElementType[] Known =
    [
        new("F32", sizeof(float), typeof(float)),
        new("F64", sizeof(double), typeof(double)),
        new("I32", sizeof(int), typeof(int)),
        new("I64", sizeof(long), typeof(long)),
    ];

    /// <summary>The names of all.</summary>
    public static string Names => string.Join(", ", Known.Select(type => type.Name));

    /// <summary>The one of a type in memory.</summary>
    public static ElementType Of<T>()
        where T : unmanaged => Array.Find(Known, type => type.Type == typeof(T)) ?? throw new ArgumentException($"No array of {typeof(T)} goes into a file.");

    /// <summary>The one of a name; null if it is not known.</summary>
    public static ElementType? Find(string? name) => Array.Find(Known, type => type.Name == name);
}
