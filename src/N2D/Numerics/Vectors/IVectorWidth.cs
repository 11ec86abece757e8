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
internal unsafe interface IVectorWidth<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>The values of a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>The number of registers of the processor.</summary>
    static abstract int RegisterCount { get; }

    /// <summary>A vector of zeros.</summary>
    static abstract TVector Zero { get; }

    /// <summary>A vector of ones.</summary>
    static abstract TVector One { get; }

    /// <summary>A value in all lanes. If it is read from memory, this is a single instruction.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>Loads a vector.</summary>
    static abstract TVector Load(T* source);

    /// <summary>Loads the vector that starts at an offset from a reference.</summary>
    static abstract TVector Load(ref readonly T source, nuint offset);

    /// <summary>Stores a vector.</summary>
    static abstract void Store(TVector vector, T* target);

    /// <summary>Stores a vector from an offset from a reference on.</summary>
    static abstract void Store(TVector vector, ref T target, nuint offset);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x - y.</summary>
    static abstract TVector Subtract(TVector x, TVector y);

    /// <summary>x y.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x y + z, rounded once if the processor has fused multiply-adds.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>x / y.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>The absolute values.</summary>
    static abstract TVector Abs(TVector x);

    /// <summary>The square roots.</summary>
    static abstract TVector Sqrt(TVector x);

    /// <summary>The largest integers that are not above x.</summary>
    static abstract TVector Floor(TVector x);

    /// <summary>The smaller of two numbers, neither of them NaN.</summary>
    static abstract TVector Min(TVector x, TVector y);

    /// <summary>The larger of two numbers, neither of them NaN.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>A mask of the lanes where x is below y: all bits of these lanes are set.</summary>
    static abstract TVector LessThan(TVector x, TVector y);

    /// <summary>A mask of the lanes where x equals y.</summary>
    static abstract TVector Equal(TVector x, TVector y);

    /// <summary>The lanes of one vector where a mask is set, and those of the other elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector ifSet, TVector ifNot);

    /// <summary>The bits of x that y does not have: the lanes of x, and zeros where the mask y is set.</summary>
    static abstract TVector AndNot(TVector x, TVector y);

    /// <summary>A bit for each lane of a mask, the first lane's the lowest.</summary>
    static abstract uint BitsOf(TVector mask);

    /// <summary>Adds lanes as integers of the same size. For functions that compute with the bits of numbers.</summary>
    static abstract TVector AddBits(TVector x, TVector y);

    /// <summary>Subtracts lanes as integers of the same size.</summary>
    static abstract TVector SubtractBits(TVector x, TVector y);

    /// <summary>Shifts the bits of lanes to the left.</summary>
    static abstract TVector ShiftLeft(TVector x, int count);

    /// <summary>Shifts the bits of lanes to the right, and repeats the sign.</summary>
    static abstract TVector ShiftRightArithmetic(TVector x, int count);

    /// <summary>The numbers whose values are the lanes as integers of the same size.</summary>
    static abstract TVector FromIntegers(TVector bits);

    /// <summary>The integers whose values are those of the lanes, without their fractions.</summary>
    static abstract TVector ToIntegers(TVector x);
}
