using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace N2D.Tests.Models;

/// <summary>
/// A reader of safetensors written from the published format alone (github.com/huggingface/safetensors, "Format"), that shares no code with
/// the library.
/// </summary>
internal static class IndependentSafetensors
{
    public static (Dictionary<string, string> Metadata, Dictionary<string, Tensor> Arrays) Parse(byte[] file)
    {
        var headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        Assert.Equal((byte)'{', file[8]);
        var header = JsonNode.Parse(Encoding.UTF8.GetString(file, 8, headerLength))!.AsObject();
        var buffer = file.AsSpan(8 + headerLength);
        var metadata = header["__metadata__"]!.AsObject().ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
        var arrays = new Dictionary<string, Tensor>();
        var spans = new List<(int Begin, int End)>();
        foreach (var (name, node) in header.Where(entry => entry.Key != "__metadata__"))
        {
            var type = (string)node!["dtype"]!;
            var (begin, end) = ((int)node["data_offsets"]![0]!, (int)node["data_offsets"]![1]!);
            long[] shape = [.. node["shape"]!.AsArray().Select(size => (long)size!)];
            var width = int.Parse(type[1..], CultureInfo.InvariantCulture) / 8;
            Assert.Equal(shape.Aggregate(1L, (product, size) => product * size) * width, end - begin);
            Assert.Equal(0, begin % width);
            var values = new double[(end - begin) / width];
            for (var place = 0; place < values.Length; place++)
            {
                var bytes = buffer.Slice(begin + (place * width), width);
                values[place] = type switch
                {
                    "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                    "F64" => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                    "I32" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                    "I64" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                    _ => throw new FormatException(type),
                };
            }

            arrays.Add(name, new Tensor(type, string.Join('x', shape), values));
            spans.Add((begin, end));
        }

        // The arrays cover all bytes without overlaps or gaps.
        var place2 = 0;
        foreach (var (begin, end) in spans.Order())
        {
            Assert.Equal(place2, begin);
            place2 = end;
        }

        Assert.Equal(buffer.Length, place2);
        return (metadata, arrays);
    }

    internal sealed record Tensor(string Type, string Shape, double[] Values);
}
