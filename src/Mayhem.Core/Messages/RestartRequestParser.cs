using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Mayhem.Recovery;

namespace Mayhem.Messages;

/// <summary>
/// Reads a restart request from UTF-8 JSON, as in
/// <c>{"version":1,"requestId":"…","host":"cattle-0001","group":"web","requester":"…","reason":"…","notAfter":"…"}</c>.
/// Version, requestId, host and requester are required; an optional field may be null. Every other field, and any field twice, is an error: a typing error must not pass as an option.
/// </summary>
public static class RestartRequestParser
{
    /// <summary>The version of the format that is read.</summary>
    public const int Version = 1;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Reads a body. Never throws, whatever the bytes are.</summary>
    /// <param name="body">The body.</param>
    /// <param name="likelyId">What is likely to be the request's id, as senders use it for the message, too: if it is, no other string is made of it.</param>
    public static ParseResult Parse(ReadOnlySpan<byte> body, string? likelyId = null)
    {
        if (body.StartsWith(ByteOrderMark))
            body = body[ByteOrderMark.Length..];
        if (!Utf8.IsValid(body))
            return new ParseResult.Unreadable("body", "body is not valid UTF-8.");
        try
        {
            return ParseObject(body, likelyId);
        }
        catch (JsonException error)
        {
            return new ParseResult.Unreadable("body", $"body is not JSON: byte {Position(error)} does not fit.");
        }
        catch (InvalidOperationException)
        {
            return new ParseResult.Unreadable("body", "body holds a broken escape sequence such as half a surrogate pair.");
        }
    }

    private static string Position(JsonException error) => error.LineNumber is > 0 and var line
        ? string.Create(CultureInfo.InvariantCulture, $"{error.BytePositionInLine + 1} of line {line + 1}")
        : string.Create(CultureInfo.InvariantCulture, $"{error.BytePositionInLine + 1}");

    private static ParseResult ParseObject(ReadOnlySpan<byte> body, string? likelyId)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return new ParseResult.Unreadable("body", "body is not a JSON object.");

        var fields = new Fields(likelyId);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            fields.Read(ref reader);
        if (reader.Read())
            return new ParseResult.Unreadable("body", "body holds more than one JSON object.");
        return fields.ToResult();
    }

    private ref struct Fields(string? likelyId)
    {
        private bool hasVersion;
        private string? requestId;
        private string? host;
        private string? group;
        private string? requester;
        private string? reason;
        private DateTimeOffset? notAfter;
        private ParseResult.Unreadable? versionError;
        private ParseResult.Unreadable? error;

        public void Read(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("version"u8))
                ReadVersion(ref reader);
            else if (reader.ValueTextEquals("requestId"u8))
                ReadRequestId(ref reader);
            else if (reader.ValueTextEquals("host"u8))
                ReadHost(ref reader);
            else if (reader.ValueTextEquals("group"u8))
                ReadText(ref reader, "group", 128, ref group, isOptional: true);
            else if (reader.ValueTextEquals("requester"u8))
                ReadText(ref reader, "requester", 256, ref requester);
            else if (reader.ValueTextEquals("reason"u8))
                ReadText(ref reader, "reason", 1024, ref reason, isOptional: true);
            else if (reader.ValueTextEquals("notAfter"u8))
                ReadNotAfter(ref reader);
            else
                Skip(ref reader);
        }

        public readonly ParseResult ToResult()
        {
            if (versionError is not null)
                return versionError;
            if (!hasVersion)
                return Missing("version");
            if (error is not null)
                return error;
            if (requestId is null)
                return Missing("requestId");
            if (host is null)
                return Missing("host");
            if (requester is null)
                return Missing("requester");
            return new ParseResult.Readable(new RestartRequest
            {
                RequestId = requestId, Host = host, Group = group ?? "", Requester = requester, Reason = reason ?? "", NotAfter = notAfter,
            });
        }

        private static ParseResult.Unreadable Missing(string field) => new(field, $"{field} is missing.");

        private void Reject(string field, string what) => error ??= new ParseResult.Unreadable(field, $"{field} {what}");

        private void Skip(ref Utf8JsonReader reader)
        {
            var name = reader.GetString()!;
            var shown = name.Length <= 60 ? name : name[..60] + "…";
            error ??= new ParseResult.Unreadable(shown, $"{shown} is not a field of a restart request.");
            reader.Skip();
        }

        private void ReadVersion(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (hasVersion)
                Reject("version", "is given twice.");
            hasVersion = true;
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == Version)
                return;
            versionError = new ParseResult.Unreadable("version", reader.TokenType == JsonTokenType.Number
                ? $"version is not {Version}, the one that is read here."
                : $"version is not a number: {Version} is the one that is read here.");
            reader.Skip();
        }

        private void ReadText(ref Utf8JsonReader reader, string field, int maxLength, ref string? value, bool isOptional = false)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null && isOptional)
                return;
            if (reader.TokenType != JsonTokenType.String)
            {
                Reject(field, "is not a string.");
                reader.Skip();
                return;
            }

            if (value is not null)
                Reject(field, "is given twice.");
            value = TextOf(ref reader, field);
            if (value.Length > maxLength)
                Reject(field, string.Create(CultureInfo.InvariantCulture, $"has {value.Length} characters; at most {maxLength} are allowed."));
            else if (!isOptional && string.IsNullOrWhiteSpace(value))
                Reject(field, "is empty.");
            else if (field is not "reason" && HasControl(value))
                Reject(field, "holds a control character.");
        }

        private readonly string TextOf(ref Utf8JsonReader reader, string field)
        {
            if (reader.ValueIsEscaped || field is "notAfter")
                return reader.GetString()!;
            if (field is "requestId")
                return likelyId is not null && Ascii.Equals(reader.ValueSpan, likelyId) ? likelyId : reader.GetString()!;
            if (KnownTexts.Find(reader.ValueSpan) is { } known)
                return known;
            var text = reader.GetString()!;
            KnownTexts.Keep(reader.ValueSpan, text);
            return text;
        }

        private static bool HasControl(string text)
        {
            foreach (var character in text)
            {
                if (char.IsControl(character))
                    return true;
            }

            return false;
        }

        // The message id is the request's id: under that of another request's copy, the broker would drop the one that comes second.
        private void ReadRequestId(ref Utf8JsonReader reader)
        {
            ReadText(ref reader, "requestId", 100, ref requestId);
            if (requestId is not null && RetryCopies.IsIdOfCopy(requestId))
                Reject("requestId", "ends like the id of a retry, in :r and a number.");
        }

        private void ReadHost(ref Utf8JsonReader reader)
        {
            ReadText(ref reader, "host", 253, ref host);
            foreach (var character in host ?? "")
            {
                if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '.' or '_'))
                {
                    Reject("host", "may hold letters, digits, hyphens, dots and underscores only.");
                    return;
                }
            }
        }

        private void ReadNotAfter(ref Utf8JsonReader reader)
        {
            string? text = null;
            ReadText(ref reader, "notAfter", 64, ref text, isOptional: true);
            if (text is null)
                return;
            if (notAfter is not null)
                Reject("notAfter", "is given twice.");
            if (HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time))
                notAfter = time;
            else
                Reject("notAfter", "is not a time with an offset, as in 2026-11-20T18:30:00Z.");
        }

        // Without an offset the meaning of a time would depend on where it is read.
        private static bool HasOffset(string text) =>
            text.Contains('T', StringComparison.Ordinal) && (text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':'));
    }
}
