using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace Mayhem.FrameCapture.Values;

/// <summary>Collections of the platform that can be read without running code of the application. Wrappers are not among them: they run what they wrap.</summary>
internal static class KnownCollections
{
    private static readonly HashSet<Type> Lists =
    [
        typeof(List<>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(LinkedList<>), typeof(SortedSet<>),
        typeof(ConcurrentQueue<>), typeof(ConcurrentStack<>), typeof(ConcurrentBag<>), typeof(ImmutableArray<>), typeof(ImmutableList<>),
        typeof(ImmutableHashSet<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>), typeof(ImmutableSortedSet<>),
    ];

    private static readonly HashSet<Type> Maps =
    [
        typeof(Dictionary<,>), typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(ConcurrentDictionary<,>),
        typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(OrderedDictionary<,>),
    ];

    public static bool IsList(Type type) => type.IsArray || type == typeof(ArrayList) || (type.IsGenericType && Lists.Contains(type.GetGenericTypeDefinition()));

    public static bool IsMap(Type type) => type == typeof(Hashtable) || (type.IsGenericType && (Maps.Contains(type.GetGenericTypeDefinition()) || IsFrozen(type)));

    /// <summary>Items that are a key and its value, of the platform's map types; others are their own value.</summary>
    public static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    /// <summary>The number of items of a known collection; null if it does not tell, or was never initialised.</summary>
    public static int? CountOf(object collection)
    {
        try
        {
            return collection is ICollection known ? known.Count : collection.GetType().GetProperty("Count")?.GetValue(collection) as int?;
        }
        catch (Exception error) when (error is InvalidOperationException or NullReferenceException or TargetInvocationException)
        {
            return null;
        }
    }

    // The classes behind FrozenDictionary are many and internal; what they share is where they are from.
    private static bool IsFrozen(Type type) =>
        type.Assembly == typeof(FrozenDictionary).Assembly
        && type.BaseType is { } && Ancestors(type).Any(ancestor => ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == typeof(FrozenDictionary<,>));

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
    }
}
