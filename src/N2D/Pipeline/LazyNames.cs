using System.Collections;
using System.Globalization;

namespace N2D.Pipeline;

/// <summary>Column names that are created on demand: a million names would take more memory than a row with as many values.</summary>
/// <param name="count">The number of names.</param>
/// <param name="nameOf">Creates the name of a column, from 0.</param>
/// <remarks>Implements <see cref="IList"/> as well, so that scripts can use negative indices.</remarks>
internal sealed class LazyNames(int count, Func<int, string> nameOf) : IReadOnlyList<string>, IList
{
    /// <inheritdoc cref="IReadOnlyCollection{T}.Count"/>
    public int Count => count;

    /// <inheritdoc/>
    public bool IsFixedSize => true;

    /// <inheritdoc/>
    public bool IsReadOnly => true;

    /// <inheritdoc/>
    public bool IsSynchronized => true;

    /// <inheritdoc/>
    public object SyncRoot => this;

    /// <inheritdoc/>
    public string this[int index] => (uint)index < (uint)count ? nameOf(index) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <inheritdoc/>
    object? IList.this[int index]
    {
        get => this[index];
        set => throw new NotSupportedException();
    }

    /// <summary>Names with a prefix and consecutive numbers: <c>x1</c>, <c>x2</c>, ...</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="count">The number of names.</param>
    public static LazyNames Numbered(string prefix, int count) =>
        new(count, column => string.Create(CultureInfo.InvariantCulture, $"{prefix}{column + 1L}"));

    /// <summary>Names with a prefix and given numbers.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <param name="numbers">The number of each column.</param>
    public static LazyNames Numbered(string prefix, IReadOnlyList<int> numbers) =>
        new(numbers.Count, column => string.Create(CultureInfo.InvariantCulture, $"{prefix}{numbers[column]}"));

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => Enumerable.Range(0, count).Select(nameOf).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Contains(object? value) => IndexOf(value) >= 0;

    /// <inheritdoc/>
    public int IndexOf(object? value) => Enumerable.Range(0, count).Where(column => nameOf(column).Equals(value)).FirstOrDefault(-1);

    /// <inheritdoc/>
    public void CopyTo(Array array, int index)
    {
        for (var column = 0; column < count; column++)
        {
            array.SetValue(nameOf(column), index + column);
        }
    }

    /// <inheritdoc/>
    public int Add(object? value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Clear() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Insert(int index, object? value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Remove(object? value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void RemoveAt(int index) => throw new NotSupportedException();
}
