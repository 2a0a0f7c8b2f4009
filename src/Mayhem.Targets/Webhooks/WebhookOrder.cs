using System.Text.Json.Serialization;
using Mayhem.Restarts;

namespace Mayhem.Targets.Webhooks;

/// <summary>The body that a webhook gets: version 1.</summary>
internal sealed record WebhookOrder(int Version, string RequestId, int Attempt, string Host, string Group, string Requester, string Reason)
{
    /// <summary>The body of an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="group">The host's group by the inventory, which wins over the request's.</param>
    public static WebhookOrder Of(RestartOrder order, string group) => new(
        1, order.Request.RequestId, order.Attempt, order.Request.Host, group, order.Request.Requester, order.Request.Reason);
}

/// <summary>Its JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookOrder))]
internal sealed partial class WebhookJson : JsonSerializerContext;
