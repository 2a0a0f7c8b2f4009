using Microsoft.Azure.Functions.Worker;

namespace Mayhem.Functions.Telemetry;

/// <summary>What an invocation knows of its message, for reports from outside the function.</summary>
public static class InvocationDomain
{
    private static readonly string[] MessageData = ["MessageId", "DeliveryCount", "SequenceNumber", "CorrelationId", "SessionId"];

    /// <summary>Invocation, function, and the message's data where the trigger gave them.</summary>
    public static IReadOnlyDictionary<string, string> Of(FunctionContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var domain = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["invocationId"] = context.InvocationId,
            ["function"] = context.FunctionDefinition.Name,
        };
        foreach (var (name, value) in context.BindingContext.BindingData)
        {
            var known = Array.Find(MessageData, known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
            if (known is not null && Text(value) is { Length: > 0 } text)
                domain[char.ToLowerInvariant(known[0]) + known[1..]] = text;
        }

        return domain;
    }

    // The host hands metadata over as JSON, strings in quotes.
    private static string? Text(object? value) => value?.ToString()?.Trim('"');
}
