using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using N2D.Numerics;

namespace N2D.Tests.Models;

/// <summary>
/// Changes to a safetensors file, determined by a seed and a number: to any bytes, or to the header as an attacker would.
/// </summary>
/// <param name="Seed">The seed.</param>
/// <param name="Number">The number of the case.</param>
internal sealed partial record FileMutation(int Seed, int Number)
{
    private static readonly string[] Numbers =
    [
        "-1", "0", "1", "2", "3", "7", "255", "65536", "2147483647", "2147483648", "4294967296", "9223372036854775807",
        "18446744073709551616", "-9223372036854775808",
        "1e3", "1e308", "1e400", "0.5", "-0", "\"NaN\"", "\"Infinity\"", "null", "true", "[]", "{}", "[1,2,3,4,5,6,7,8,9]", "\"text\"",
    ];

    private static readonly float[] Values =
        [float.NaN, float.PositiveInfinity, float.MaxValue, -float.MaxValue, float.Epsilon, 0, -1, 1e-30f, 1e18f];
    private static readonly double[] LongValues =
        [double.NaN, double.NegativeInfinity, double.MaxValue, -double.MaxValue, double.Epsilon, 0, -1, 1e-300, 1e300];

    /// <summary>Changes a file.</summary>
    public byte[] Apply(byte[] file)
    {
        var random = new RandomSequence(Seed, RandomPurpose.Sampling, Number);
        var bytes = file.ToArray();
        for (var change = random.NextInt32(3); change >= 0; change--)
        {
            bytes = Change(bytes, ref random);
        }

        return bytes;
    }

    private static byte[] Change(byte[] file, ref RandomSequence random)
    {
        var headerEnd = HeaderEnd(file);
        return random.NextInt32(14) switch
        {
            0 => Flip(file, random.NextInt32(Math.Max(1, file.Length)), ref random),
            1 => Flip(file, random.NextInt32(Math.Max(1, headerEnd)), ref random),
            2 => file[..random.NextInt32(file.Length + 1)],
            3 => [.. file, .. new byte[1 + random.NextInt32(64)]],
            4 => Length(file, ref random),
            5 => Value(file, headerEnd, BitConverter.GetBytes(Values[random.NextInt32(Values.Length)]), ref random),
            8 => Value(file, headerEnd, BitConverter.GetBytes(LongValues[random.NextInt32(LongValues.Length)]), ref random),
            9 => Value(file, headerEnd, BitConverter.GetBytes(random.NextInt32(72) - 2), ref random),
            6 => Header(file, headerEnd, text => Nested(text, 1 + (text.Length % 5000))),
            7 => Moved(file, ref random),
            _ => Numeral(file, headerEnd, ref random),
        };
    }

    private static int HeaderEnd(byte[] file) =>
        file.Length < 8
            ? file.Length
            : (int)Math.Min((ulong)file.Length, 8 + Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(file), int.MaxValue));

    private static byte[] Flip(byte[] file, int place, ref RandomSequence random)
    {
        if (file.Length > 0)
        {
            file[place] = random.NextInt32(2) == 0 ? (byte)random.NextInt32(256) : (byte)(file[place] ^ (1 << random.NextInt32(8)));
        }

        return file;
    }

    /// <summary>Changes the declared length of the header.</summary>
    private static byte[] Length(byte[] file, ref RandomSequence random)
    {
        if (file.Length >= 8)
        {
            var length = random.NextInt32(2) == 0 ? random.NextUInt64() >> random.NextInt32(64) : (ulong)random.NextInt32(2 * file.Length);
            BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        }

        return file;
    }

    /// <summary>Replaces a value by another of its kind, or of a wrong kind.</summary>
    private static byte[] Value(byte[] file, int headerEnd, byte[] value, ref RandomSequence random)
    {
        if (file.Length - headerEnd >= value.Length)
        {
            value.CopyTo(file, headerEnd + (value.Length * random.NextInt32((file.Length - headerEnd) / value.Length)));
        }

        return file;
    }

    /// <summary>Copies some bytes to another place.</summary>
    private static byte[] Moved(byte[] file, ref RandomSequence random)
    {
        var count = random.NextInt32(1 + (file.Length / 4));
        var (from, to) = (random.NextInt32(1 + file.Length - count), random.NextInt32(1 + file.Length - count));
        byte[] moved = file[from..(from + count)];
        byte[] rest = [.. file[..from], .. file[(from + count)..]];
        return [.. rest[..to], .. moved, .. rest[to..]];
    }

    /// <summary>Replaces a number in the header or in one of its texts.</summary>
    private static byte[] Numeral(byte[] file, int headerEnd, ref RandomSequence random)
    {
        var (pick, instead) = (random.NextUInt64(), Numbers[random.NextInt32(Numbers.Length)]);
        return Header(file, headerEnd, text =>
        {
            var numerals = NumeralPattern().Matches(text);
            if (numerals.Count == 0)
            {
                return text;
            }

            var numeral = numerals[(int)(pick % (ulong)numerals.Count)];
            var isInText = text[..numeral.Index].EndsWith("u0022:", StringComparison.Ordinal)
                || text[..numeral.Index].EndsWith("\\\":", StringComparison.Ordinal);
            return text[..numeral.Index]
                + (isInText ? instead.Replace("\"", "\\u0022", StringComparison.Ordinal) : instead)
                + text[(numeral.Index + numeral.Length)..];
        });
    }

    private static string Nested(string text, int depth) => text.Insert(text.Length / 2, new string('[', depth));

    /// <summary>Changes the text of the header, and updates its length.</summary>
    private static byte[] Header(byte[] file, int headerEnd, Func<string, string> change)
    {
        if (headerEnd <= 8)
        {
            return file;
        }

        var header = Encoding.Latin1.GetBytes(change(Encoding.Latin1.GetString(file, 8, headerEnd - 8)));
        return [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. file[headerEnd..]];
    }

    [GeneratedRegex(@"(?<=[:,\[])-?\d+(\.\d+)?([eE][-+]?\d+)?")]
    private static partial Regex NumeralPattern();
}
