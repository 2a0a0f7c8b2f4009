using System.Buffers;
using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Telemetry;

/// <summary>Finds the trace that an invocation belongs to.</summary>
public static class Operations
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>The trace id of the running activity, or else of the host's <c>traceparent</c>; null if there is neither.</summary>
    public static string? IdOf(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
            return activity.TraceId.ToHexString();
        return TraceIdOf(context.TraceContext.TraceParent);
    }

    // As in 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01. To parse it whole would make a string of the span's id, too.
    private static string? TraceIdOf(string? parent)
    {
        if (parent is not { Length: >= 55 } || parent[2] != '-' || parent[35] != '-' || parent[52] != '-' || parent.StartsWith("ff", StringComparison.Ordinal))
            return null;
        var id = parent.AsSpan(3, 32);
        return id.ContainsAnyExcept(HexDigits) || !id.ContainsAnyExcept('0') ? null : id.ToString();
    }
}
