using System.Globalization;

namespace Mayhem.Local.Broker;

/// <summary>Application properties as bytes. Every value comes back with the type it had.</summary>
internal static class PropertyCodec
{
    private enum Kind : byte
    {
        Null, String, False, True, Byte, SByte, Int16, UInt16, Int32, UInt32, Int64, UInt64, Single, Double, Decimal, Char, Guid, DateTime,
        DateTimeOffset, TimeSpan, Uri, Bytes,
    }

    public static void Write(RecordWriter to, IReadOnlyDictionary<string, object> properties)
    {
        to.Number(properties.Count);
        foreach (var (name, value) in properties)
        {
            to.Text(name);
            WriteValue(to, value);
        }
    }

    public static IReadOnlyDictionary<string, object> Read(ref RecordReader from)
    {
        var count = from.Int();
        if (count == 0)
            return MessageContent.NoProperties;
        var properties = new Dictionary<string, object>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
            properties.Add(from.Text(), ReadValue(ref from)!);
        return properties;
    }

    private static void WriteValue(RecordWriter to, object? value)
    {
        switch (value)
        {
            case null: to.Byte((byte)Kind.Null); break;
            case string text: to.Byte((byte)Kind.String); to.Text(text); break;
            case bool flag: to.Byte((byte)(flag ? Kind.True : Kind.False)); break;
            case byte number: WriteFixed(to, Kind.Byte, number); break;
            case sbyte number: WriteFixed(to, Kind.SByte, number); break;
            case short number: WriteFixed(to, Kind.Int16, number); break;
            case ushort number: WriteFixed(to, Kind.UInt16, number); break;
            case int number: WriteFixed(to, Kind.Int32, number); break;
            case uint number: WriteFixed(to, Kind.UInt32, number); break;
            case long number: WriteFixed(to, Kind.Int64, number); break;
            case ulong number: WriteFixed(to, Kind.UInt64, (long)number); break;
            case float number: WriteFixed(to, Kind.Single, BitConverter.SingleToInt32Bits(number)); break;
            case double number: WriteFixed(to, Kind.Double, BitConverter.DoubleToInt64Bits(number)); break;
            case decimal number: to.Byte((byte)Kind.Decimal); to.Text(number.ToString(CultureInfo.InvariantCulture)); break;
            case char letter: WriteFixed(to, Kind.Char, letter); break;
            case Guid id: to.Byte((byte)Kind.Guid); to.Bytes(id.ToByteArray()); break;
            case DateTime time: WriteFixed(to, Kind.DateTime, time.ToBinary()); break;
            case DateTimeOffset time: WriteFixed(to, Kind.DateTimeOffset, time.Ticks); to.Fixed(time.Offset.Ticks); break;
            case TimeSpan span: WriteFixed(to, Kind.TimeSpan, span.Ticks); break;
            case Uri uri: to.Byte((byte)Kind.Uri); to.Text(uri.OriginalString); break;
            case byte[] bytes: to.Byte((byte)Kind.Bytes); to.Bytes(bytes); break;
            default: throw new ArgumentException($"A {value.GetType()} cannot be written.", nameof(value));
        }
    }

    private static void WriteFixed(RecordWriter to, Kind kind, long value)
    {
        to.Byte((byte)kind);
        to.Fixed(value);
    }

    private static object? ReadValue(ref RecordReader from) => (Kind)from.Byte() switch
    {
        Kind.Null => null,
        Kind.String => from.Text(),
        Kind.False => false,
        Kind.True => true,
        Kind.Byte => (byte)from.Fixed(),
        Kind.SByte => (sbyte)from.Fixed(),
        Kind.Int16 => (short)from.Fixed(),
        Kind.UInt16 => (ushort)from.Fixed(),
        Kind.Int32 => (int)from.Fixed(),
        Kind.UInt32 => (uint)from.Fixed(),
        Kind.Int64 => from.Fixed(),
        Kind.UInt64 => (ulong)from.Fixed(),
        Kind.Single => BitConverter.Int32BitsToSingle((int)from.Fixed()),
        Kind.Double => BitConverter.Int64BitsToDouble(from.Fixed()),
        Kind.Decimal => decimal.Parse(from.Text(), CultureInfo.InvariantCulture),
        Kind.Char => (char)from.Fixed(),
        Kind.Guid => new Guid(from.Bytes()),
        Kind.DateTime => DateTime.FromBinary(from.Fixed()),
        Kind.DateTimeOffset => new DateTimeOffset(from.Fixed(), new TimeSpan(from.Fixed())),
        Kind.TimeSpan => new TimeSpan(from.Fixed()),
        Kind.Uri => new Uri(from.Text(), UriKind.RelativeOrAbsolute),
        Kind.Bytes => from.Bytes().ToArray(),
        var unknown => throw new InvalidDataException($"A record of the broker's journal has a property of the unknown kind {(byte)unknown}."),
    };
}
