using System.Text;

namespace Mayhem.FrameCapture;

/// <summary>Names of types as C# writes them: <c>int?</c>, <c>List&lt;string&gt;</c>, <c>(int, string)[]</c>, without namespaces.</summary>
public static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool", [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(char)] = "char", [typeof(decimal)] = "decimal",
        [typeof(double)] = "double", [typeof(float)] = "float", [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint", [typeof(long)] = "long", [typeof(ulong)] = "ulong", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(object)] = "object", [typeof(string)] = "string", [typeof(void)] = "void",
    };

    /// <summary>The type's name as C# writes it.</summary>
    public static string Of(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Keywords.TryGetValue(type, out var keyword))
            return keyword;
        if (type.IsGenericParameter)
            return type.Name;
        if (type.HasElementType)
            return Of(type.GetElementType()!) + Suffix(type);
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Of(underlying) + "?";
        return IsTuple(type) ? $"({Joined(type.GetGenericArguments())})" : Nested(type);
    }

    private static string Suffix(Type type)
    {
        if (type.IsArray)
            return $"[{new string(',', type.GetArrayRank() - 1)}]";
        return type.IsPointer ? "*" : "&";
    }

    private static bool IsTuple(Type type) =>
        type.IsGenericType && type.Namespace == "System" && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);

    // Reflection gives the arguments of all levels to the innermost type: each level takes its share.
    private static string Nested(Type type)
    {
        var levels = new Stack<Type>();
        for (var level = type; level is not null; level = level.DeclaringType)
            levels.Push(level);

        var arguments = type.GetGenericArguments();
        var used = 0;
        var name = new StringBuilder();
        foreach (var level in levels)
        {
            if (name.Length > 0)
                name.Append('.');
            name.Append(SimpleName(level.Name));
            var count = level.GetGenericArguments().Length;
            if (count > used)
                name.Append('<').Append(Joined(arguments[used..count])).Append('>');
            used = Math.Max(used, count);
        }

        return name.ToString();
    }

    private static string Joined(Type[] types) => string.Join(", ", types.Select(Of));

    private static string SimpleName(string name)
    {
        var tick = name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? name : name[..tick];
    }
}
