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
    private readonly Dictionary<Type, object> features = [];

    public static InvocationFeatures With<T>(T feature)
        where T : notnull
    {
        var all = new InvocationFeatures();
        all.Set(feature);
        return all;
    }

    public T? Get<T>() => features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

    public void Set<T>(T instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        features[typeof(T)] = instance;
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
