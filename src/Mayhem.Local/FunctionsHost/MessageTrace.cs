using System.Diagnostics;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Local.FunctionsHost;

/// <summary>
/// The trace of an invocation: that which the message's sender began, or one of its own. As in the real worker, there is an activity only if somebody listens; the context has the
/// trace's id either way.
/// </summary>
internal sealed class MessageTrace : TraceContext
{
    // Whoever listens to the real worker hears of this one, too.
    private static readonly ActivitySource Worker = new("Microsoft.Azure.Functions.Worker");

    private MessageTrace(string parent, string? state) => (TraceParent, TraceState) = (parent, state ?? "");

    public override string TraceParent { get; }

    public override string TraceState { get; }

    /// <summary>Starts the activity of one invocation, and makes it the current one; null if nobody listens.</summary>
    public static Activity? Start(string function, ServiceBusReceivedMessage message)
    {
        if (Activity.Current is not null)
            Activity.Current = null;
        return Worker.HasListeners() ? Worker.StartActivity(function, ActivityKind.Consumer, SenderOf(message)) : null;
    }

    /// <summary>The trace of an activity; without one, of a message.</summary>
    public static TraceContext Of(Activity? activity, ServiceBusReceivedMessage message)
    {
        if (activity is not null)
            return new ActivityTraceContext(activity);
        var sender = SenderOf(message);
        var id = sender == default ? TraceIds.Next() : TraceIds.Next(sender.TraceId, sender.TraceFlags);
        return new MessageTrace(id, sender.TraceState);
    }

    private static ActivityContext SenderOf(ServiceBusReceivedMessage message) =>
        ActivityContext.TryParse(Text(message, "Diagnostic-Id") ?? Text(message, "traceparent"), Text(message, "tracestate"), isRemote: true, out var sender) ? sender : default;

    private static string? Text(ServiceBusReceivedMessage message, string property) =>
        message.ApplicationProperties.TryGetValue(property, out var value) ? value as string : null;
}
