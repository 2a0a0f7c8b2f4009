using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Telemetry;

/// <summary>Finds the trace that an invocation belongs to.</summary>
public static class Operations
{
    /// <summary>The trace id of the running activity, or else of the host's <c>traceparent</c>; null if there is neither.</summary>
    public static string? IdOf(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            return activity.TraceId.ToHexString();
        return ActivityContext.TryParse(context.TraceContext.TraceParent, traceState: null, out var host) ? host.TraceId.ToHexString() : null;
    }
}
