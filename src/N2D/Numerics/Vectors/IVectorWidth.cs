namespace N2D.Numerics;

/// <summary>
/// A width of vector registers and its operations, so that a kernel is written once and compiled for each width:
/// <see cref="Width512{T}"/>, <see cref="Width256{T}"/>, <see cref="Width128{T}"/>.
/// </summary>
/// <remarks>
/// <para>
/// Operations work lane by lane, and each is rounded once, so a kernel whose lanes are independent gives the same bytes for every width.
/// There is no sum over the lanes, because its order would depend on their number.
/// </para>
/// <para>
/// Vectors are not wrapped in a struct with operators, because the just-in-time compiler then copies registers: a sum is not updated in
/// place, and a comparison becomes a vector before it becomes a mask.
/// </para>
/// </remarks>
/// <typeparam name="TVector">A vector of this width.</typeparam>
/// <typeparam name="T">The type of a lane: float or double.</typeparam>
internal unsafe interface IVectorWidth<TVector, T> : IArithmetic<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>The values of a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>The number of registers of the processor.</summary>
    static abstract int RegisterCount { get; }

    /// <summary>Loads a vector.</summary>
    static abstract TVector Load(T* source);

    /// <summary>Loads the vector that starts at an offset from a reference.</summary>
    static abstract TVector Load(ref readonly T source, nuint offset);

    /// <summary>Stores a vector.</summary>
    static abstract void Store(TVector vector, T* target);

    /// <summary>Stores a vector from an offset from a reference on.</summary>
    static abstract void Store(TVector vector, ref T target, nuint offset);

    /// <summary>The absolute values.</summary>
    static abstract TVector Abs(TVector x);

    /// <summary>The square roots.</summary>
    static abstract TVector Sqrt(TVector x);

    /// <summary>A mask of the lanes where x equals y.</summary>
    static abstract TVector Equal(TVector x, TVector y);

    /// <summary>The bits of x that y does not have: the lanes of x, and zeros where the mask y is set.</summary>
    static abstract TVector AndNot(TVector x, TVector y);

    /// <summary>A bit for each lane of a mask, the first lane's the lowest.</summary>
    static abstract uint BitsOf(TVector mask);
}
