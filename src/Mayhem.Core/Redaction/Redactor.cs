using System.Buffers;
using System.Text.RegularExpressions;

namespace Mayhem.Redaction;

/// <summary>
/// Takes secrets out of texts that leave the process: connection strings, keys, signatures, passwords and tokens by name, authorization headers,
/// cookies, JSON web tokens, private keys, passwords in URLs. Texts with nothing suspicious in them cost one vectorised search and come back as they are.
/// </summary>
public static partial class Redactor
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mask = "(redacted)";

    private const int LongestText = 64 * 1024;
    private const int LongestKey = 128;
    private const int TimeLimit = 2000;
    private const int MostRounds = 4;

    // Each rule below finds nothing in a text without one of these.
    private static readonly SearchValues<string> Suspicious = SearchValues.Create(
        [
            "password", "passwd", "passphrase", "pwd", "secret", "token", "signature", "sig=", "sig:", "sas", "credential", "authorization", "bearer", "basic",
            "cookie", "apikey", "api-key", "api_key", "api key", "connectionstring", "connection-string", "connection_string", "connection string",
            "accesskey", "access-key", "access_key", "access key", "accountkey", "account-key", "account_key", "account key", "sharedkey", "shared-key",
            "shared_key", "shared key", "privatekey", "private-key", "private_key", "private key", "functions-key", "functions_key", "functionskey",
            "eyj", "://", "==", "q~", "+asb", "+aeh", "+arm", "aiot",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The text without its secrets; the same instance if it has none. Doing it twice changes nothing more.
    /// A text of more than 65,536 characters is cut, so that no text takes long.
    /// </summary>
    public static string Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= LongestText)
            return text.AsSpan().ContainsAny(Suspicious) ? Redacted(text) : text;

        // A key that the cut went through cannot be told from other text any more.
        var beginning = Redacted(text[..LongestText]);
        return string.Concat(beginning.AsSpan(0, beginning.Length - Math.Min(beginning.Length, LongestKey)), "…");
    }

    /// <summary>The exception's message without its secrets. Never throws: the type of the exception may compute its message, and fail to.</summary>
    public static string MessageOf(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        try
        {
            return Text(exception.Message);
        }
        catch (Exception error)
        {
            return $"({error.GetType().Name} while the message was read)";
        }
    }

    // What is left after one rule can look suspicious to another, and what stands in a report is redacted again where it goes on from there.
    private static string Redacted(string text)
    {
        try
        {
            for (var round = 0; round < MostRounds && Round(text) is var redacted && redacted != text; round++)
                text = redacted;
            return text;
        }
        catch (RegexMatchTimeoutException)
        {
            // The patterns are made to be fast on any text; on a machine that stands still, rather no text than a secret.
            return Mask;
        }
    }

    private static string Round(string text)
    {
        text = PrivateKeys().Replace(text, Mask);
        text = Headers().Replace(text, "${name}" + Mask);
        text = NamedSecrets().Replace(text, "${name}" + Mask);
        text = Schemes().Replace(text, "${scheme} " + Mask);
        text = WebTokens().Replace(text, Mask);
        text = Keys().Replace(text, Mask);
        text = ApplicationSecrets().Replace(text, Mask);
        return UserInfo().Replace(text, $"://{Mask}@");
    }

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex PrivateKeys();

    // Their values have spaces in them, and go up to the end of the line or of the quotes.
    [GeneratedRegex(
        """(?<name>(?>\b(?:authorization|(?:set-)?cookie)\\?["']?\s*[:=]\s*\\?["']?))(?!\(redacted\))[^\r\n"\\]+""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex Headers();

    // A name, a separator and a value, which is in quotes, or goes up to the next setting of a connection string, or to the next space.
    [GeneratedRegex(
        """
        (?<name>(?>
          (?: password | passwd | passphrase | pwd | secret | (?<!(?:lock|cancellation|continuation|metadata)[-_ ]?)token | signature | credential
            | \bsig(?=\\?["']?\s*[:=]) | \bsas(?=[-_] | token | url | uri | key | sig | \\?["']?\s*[:=])
            | (?:api|access|account|shared|private|functions)[-_ ]?key | connection[-_ ]?string )
          [-_]?[a-z0-9]{0,24} \\?["']? \s* [:=] \s*
        ))
        (?!\(redacted\))
        (?:
          \\?"[^"\r\n]*"?
          | '[^'\r\n]*'
          | (?>[^;\r\n"]+)(?=;\s*(?:[a-z][\w ]*=|$))
          | [^\s;&"]*[^\s;&"').,\]}>]
        )
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex NamedSecrets();

    // "Basic authentication" is no secret: there must be more in it than letters, or very many.
    [GeneratedRegex(
        """\b(?<scheme>bearer|basic|sharedkey|sharedaccesssignature)\s+(?!\(redacted\))(?:(?=\S{0,200}?(?:[0-9=_+/~]|\.\w))[^\s,;"']{6,}|[^\s,;"']{20,})""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex Schemes();

    [GeneratedRegex("""\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){0,3}""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex WebTokens();

    // Keys of storage accounts and of Cosmos DB; those of Service Bus, Event Hubs and IoT, by the mark in them. They are found by their ends: from the left,
    // every letter of a long text could be the beginning of one.
    [GeneratedRegex(
        """[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{33}(AIoT|\+(ASb|AEh|ARm))[A-Za-z0-9+/]{6}=""",
        RegexOptions.RightToLeft | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex Keys();

    // Those of applications in Entra.
    [GeneratedRegex("""[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex ApplicationSecrets();

    // User and password, not a port with a path behind it.
    [GeneratedRegex("""://[^/\s:@"']*:(?!\d{1,5}/)[^@\s"']{1,256}@""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeLimit)]
    private static partial Regex UserInfo();
}
