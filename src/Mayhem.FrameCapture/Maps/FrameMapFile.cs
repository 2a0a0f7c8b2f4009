using System.Text;

namespace Mayhem.FrameCapture.Maps;

/// <summary>The frame map as bytes. The weaver writes it and the runtime reads it, from the same version: they are built together.</summary>
internal static class FrameMapFile
{
    private const byte Version = 1;

    public static byte[] Write(IReadOnlyList<MappedMethod> methods)
    {
        var texts = methods.SelectMany(method => method.Variables).SelectMany(variable => new[] { variable.Name, variable.Type })
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var places = texts.Select((text, place) => (text, place)).ToDictionary(item => item.text, item => item.place, StringComparer.Ordinal);

        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write7BitEncodedInt(texts.Length);
        foreach (var text in texts)
            writer.Write(text);
        writer.Write7BitEncodedInt(methods.Count);
        foreach (var method in methods)
        {
            writer.Write(method.Token);
            writer.Write(method.Name);
            writer.Write7BitEncodedInt(method.CodeSize);
            writer.Write7BitEncodedInt(method.Variables.Count);
            foreach (var variable in method.Variables)
                WriteVariable(writer, variable, places);
        }

        writer.Flush();
        return bytes.ToArray();
    }

    public static IReadOnlyList<MappedMethod> Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        if (reader.ReadByte() != Version)
            return [];
        var texts = new string[reader.Read7BitEncodedInt()];
        for (var index = 0; index < texts.Length; index++)
            texts[index] = reader.ReadString();
        var methods = new MappedMethod[reader.Read7BitEncodedInt()];
        for (var index = 0; index < methods.Length; index++)
        {
            var token = reader.ReadInt32();
            var name = reader.ReadString();
            var size = reader.Read7BitEncodedInt();
            var variables = new MappedVariable[reader.Read7BitEncodedInt()];
            for (var place = 0; place < variables.Length; place++)
                variables[place] = ReadVariable(reader, texts);
            methods[index] = new(token, name, size, variables);
        }

        return methods;
    }

    private static void WriteVariable(BinaryWriter writer, MappedVariable variable, Dictionary<string, int> places)
    {
        writer.Write((byte)variable.Kind);
        writer.Write((byte)variable.Omission);
        writer.Write(variable.SharesItsPlace);
        writer.Write7BitEncodedInt(places[variable.Name]);
        writer.Write7BitEncodedInt(places[variable.Type]);
        writer.Write7BitEncodedInt(variable.Index);
        writer.Write7BitEncodedInt(variable.ScopeStart);
        writer.Write7BitEncodedInt(variable.ScopeEnd);
        writer.Write7BitEncodedInt(variable.FirstStore);
    }

    private static MappedVariable ReadVariable(BinaryReader reader, string[] texts)
    {
        var kind = (VariableKind)reader.ReadByte();
        var omission = (Omission)reader.ReadByte();
        var shares = reader.ReadBoolean();
        var name = texts[reader.Read7BitEncodedInt()];
        var type = texts[reader.Read7BitEncodedInt()];
        return new(
            kind, name, type, omission, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(),
            reader.Read7BitEncodedInt(), shares);
    }
}
