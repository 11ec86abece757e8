namespace N2D.Numerics;

/// <summary>
/// Arithmetic with numbers and their bits, so that a formula is written once for vectors of each width
/// (<see cref="IVectorWidth{TVector, T}"/>) and for single numbers in the kernels of a GPU. Each operation is rounded once.
/// </summary>
/// <typeparam name="TVector">A vector, or a single number.</typeparam>
/// <typeparam name="T">The type of a lane: float or double.</typeparam>
internal interface IArithmetic<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>A vector of zeros.</summary>
    static abstract TVector Zero { get; }

    /// <summary>A vector of ones.</summary>
    static abstract TVector One { get; }

    /// <summary>A value in all lanes. If it is read from memory, this is a single instruction.</summary>
    static abstract TVector Broadcast(T value);

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

    /// <summary>The largest integers that are not above x.</summary>
    static abstract TVector Floor(TVector x);

    /// <summary>The smaller of two numbers; the second if one of them is NaN.</summary>
    static abstract TVector Min(TVector x, TVector y);

    /// <summary>The larger of two numbers; the second if one of them is NaN.</summary>
    static abstract TVector Max(TVector x, TVector y);

    /// <summary>A mask of the lanes where x is below y: all bits of these lanes are set.</summary>
    static abstract TVector LessThan(TVector x, TVector y);

    /// <summary>The lanes of one vector where a mask is set, and those of the other elsewhere.</summary>
    static abstract TVector Select(TVector mask, TVector ifSet, TVector ifNot);

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
