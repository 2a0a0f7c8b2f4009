using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Mayhem.Dashboard.Server;

/// <summary>
/// Which requests are answered at all. A page of another site can make a browser ask this machine, under this machine's name or, with a name server of its own, under another: so the Host must be ours,
/// the Origin must be ours where there is one, and what changes something must bring the token that only our page is told.
/// </summary>
internal sealed class RequestRules(DashboardOptions options)
{
    /// <summary>The header that brings the token.</summary>
    public const string TokenHeader = "X-Mayhem-Token";

    private const int HttpPort = 80;

    private readonly HashSet<string> names = new(Names(options), StringComparer.OrdinalIgnoreCase);

    /// <summary>What the page is told, and must bring to change something. Another one in each process.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Why a request is refused, with the status; null if it is not.</summary>
    public (int Status, string Why)? Refuse(HttpContext context)
    {
        var request = context.Request;
        var port = context.Connection.LocalPort;
        if (!names.Contains(request.Host.Host) || (request.Host.Port ?? HttpPort) != port)
            return (StatusCodes.Status421MisdirectedRequest, $"The host '{request.Host.Value}' is not this dashboard's. Open http://localhost:{port}.");
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOurs(origin, port))
            return (StatusCodes.Status403Forbidden, $"Pages of '{origin}' may not use this dashboard.");
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && !IsNavigation(request))
            return (StatusCodes.Status403Forbidden, "Pages of other sites may not use this dashboard.");
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return null;
        if (!IsFromHere(context))
            return (StatusCodes.Status403Forbidden, "Nothing can be changed from another machine. Use the dashboard, or the command line, on the machine that serves it.");
        if (!HasToken(request))
            return (StatusCodes.Status403Forbidden, "The page's token is missing or old. Reload the page.");
        return null;
    }

    private static IEnumerable<string> Names(DashboardOptions options)
    {
        yield return "localhost";
        yield return "127.0.0.1";
        yield return "[::1]";
        if (options.Listen is { } listen)
            yield return listen.Contains(':', StringComparison.Ordinal) ? $"[{listen}]" : listen;
    }

    // A link from elsewhere may lead here: it shows a page, and changes nothing.
    private static bool IsNavigation(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && string.Equals(request.Headers["Sec-Fetch-Mode"], "navigate", StringComparison.Ordinal);

    private static bool IsFromHere(HttpContext context) => context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);

    private bool IsOurs(string origin, int port) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.Port == port && names.Contains(uri.Host);

    private bool HasToken(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), Encoding.UTF8.GetBytes(Token));
}
