using System.Diagnostics;
using Azure.Messaging.ServiceBus;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Goes on with the trace that a message's sender began, or begins one.</summary>
internal static class MessageTrace
{
    /// <summary>Starts the activity of one invocation, and makes it the current one.</summary>
    public static Activity Start(string function, ServiceBusReceivedMessage message)
    {
        Activity.Current = null;
        var activity = new Activity(function);
        if (ActivityContext.TryParse(Text(message, "Diagnostic-Id") ?? Text(message, "traceparent"), Text(message, "tracestate"), isRemote: true, out var parent))
        {
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
            activity.TraceStateString = parent.TraceState;
        }

        return activity.Start();
    }

    private static string? Text(ServiceBusReceivedMessage message, string property) =>
        message.ApplicationProperties.TryGetValue(property, out var value) ? value as string : null;
}
