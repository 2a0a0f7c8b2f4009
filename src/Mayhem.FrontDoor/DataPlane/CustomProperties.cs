using System.Globalization;
using System.Text.Json;
using Mayhem.DeadLetters.Messages;
using Mayhem.Local.Broker;
using Microsoft.AspNetCore.Http;

namespace Mayhem.FrontDoor.DataPlane;

/// <summary>Application properties as headers: texts in double quotes, numbers and truth values as they are, times as quoted RFC 1123.</summary>
internal static class CustomProperties
{
    private static readonly HashSet<string> OfHttp = new(StringComparer.OrdinalIgnoreCase)
    {
        BrokerProperties.Header, "Host", "Connection", "Keep-Alive", "User-Agent", "Authorization", "Expect", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Via", "Date", "Cache-Control",
        "Pragma", "Range", "Referer", "Cookie", "From", "Forwarded", "Request-Id", "traceparent", "tracestate", "baggage", "Priority",
    };

    private static readonly string[] PrefixesOfHttp = ["Content-", "Accept", "If-", "x-ms-", "Proxy-", "X-Forwarded-", "Sec-"];

    /// <summary>The properties among the headers of a request.</summary>
    /// <exception cref="RestException">A text in quotes does not end, or has a broken escape in it.</exception>
    public static IReadOnlyDictionary<string, object> Read(IHeaderDictionary headers)
    {
        var properties = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, values) in headers)
        {
            if (!OfHttp.Contains(name) && !Array.Exists(PrefixesOfHttp, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                properties[name] = Value(name, values.ToString().Trim());
        }

        return properties;
    }

    /// <summary>The properties of a message in a batch, as JSON says them.</summary>
    public static IReadOnlyDictionary<string, object> Read(JsonElement properties)
    {
        if (properties.ValueKind != JsonValueKind.Object)
            return MessageContent.NoProperties;
        var read = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var property in properties.EnumerateObject())
        {
            read[property.Name] = property.Value.ValueKind switch
            {
                JsonValueKind.String => property.Value.GetString()!,
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Number => Number(property.Value.GetRawText())!,
                _ => throw new RestException(StatusCodes.Status400BadRequest, $"UserProperties: {property.Name} must be a text, a number or a truth value."),
            };
        }

        return read;
    }

    /// <summary>Sets the properties of a message as headers. One whose name is no name of a header is left out, as in Azure.</summary>
    public static void Write(IReadOnlyDictionary<string, object> properties, IHeaderDictionary headers)
    {
        foreach (var (name, value) in properties)
        {
            if (IsToken(name) && !OfHttp.Contains(name) && !headers.ContainsKey(name))
                headers[name] = Text(value);
        }
    }

    private static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        DateTime time => Quoted(time.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture)),
        DateTimeOffset time => Quoted(time.ToString("r", CultureInfo.InvariantCulture)),
        _ => Quoted(TypedText.Of(value)?.Text ?? ""),
    };

    // The default encoder leaves nothing but ASCII.
    private static string Quoted(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private static object Value(string name, string text)
    {
        if (!text.StartsWith('"'))
            return bool.TryParse(text, out var flag) ? flag : Number(text) ?? text;
        try
        {
            var read = JsonSerializer.Deserialize<JsonElement>(text).GetString()!;
            return DateTime.TryParseExact(read, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : read;
        }
        catch (JsonException)
        {
            throw new RestException(StatusCodes.Status400BadRequest, $"The header {name} begins with a quote and is no text in quotes.");
        }
    }

    private static object? Number(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large))
            return large;
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool IsToken(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));
}
