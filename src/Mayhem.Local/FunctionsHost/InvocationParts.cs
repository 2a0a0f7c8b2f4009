using System.Collections;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.FunctionsHost;

/// <summary>The trace that an invocation is part of.</summary>
internal sealed class ActivityTraceContext(Activity activity) : TraceContext
{
    public override string TraceParent { get; } = activity.Id ?? "";

    public override string TraceState { get; } = activity.TraceStateString ?? "";
}

/// <summary>What an invocation carries along.</summary>
internal sealed class InvocationFeatures : IInvocationFeatures
{
    // Most invocations have one, and few look at it: a list is enough.
    private readonly List<KeyValuePair<Type, object>> features = new(1);

    public static InvocationFeatures With<T>(T feature)
        where T : notnull
    {
        var all = new InvocationFeatures();
        all.Set(feature);
        return all;
    }

    public T? Get<T>()
    {
        var place = PlaceOf(typeof(T));
        return place < 0 ? default : (T)features[place].Value;
    }

    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var feature = new KeyValuePair<Type, object>(typeof(T), instance);
        var place = PlaceOf(typeof(T));
        if (place < 0)
            features.Add(feature);
        else
            features[place] = feature;
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

    private int PlaceOf(Type type)
    {
        for (var place = 0; place < features.Count; place++)
        {
            if (features[place].Key == type)
                return place;
        }
        return -1;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
