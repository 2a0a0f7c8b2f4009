using System.Net;
using System.Security.Cryptography;
using System.Text;
using Mayhem.FrontDoor.DataPlane;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mayhem.FrontDoor.Server;

/// <summary>
/// Who is let in: programs on this machine. A page in a browser can reach this machine, too, and a foreign name can be made to mean it: so the Host must be this machine's name, and whoever tells an
/// Origin, as browsers do, stays outside.
/// </summary>
internal sealed class DoorRules
{
    /// <summary>The header that brings the token.</summary>
    public const string TokenHeader = "X-Mayhem-Token";

    private const string PrivatePath = "/-";
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "[::1]" };

    /// <summary>What private requests must bring.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>True for what only the command line may ask. No queue has such a name.</summary>
    public static bool IsPrivate(HttpRequest request) => request.Path.StartsWithSegments(PrivatePath, StringComparison.Ordinal);

    /// <summary>Refuses a request, or has it answered. A failure is answered, too, and goes no further.</summary>
    public static async Task AnswerAsync(HttpContext context, DoorRules rules, ILogger logger, Func<Task> answer)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            if (rules.Refuse(context) is var (status, why))
            {
                Log.DoorRefused(logger, context.Request.Method, context.Request.Path, why);
                await RestError.WriteAsync(context, status, why);
                return;
            }

            await answer();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (BadHttpRequestException wrong) when (!context.Response.HasStarted)
        {
            await RestError.WriteAsync(context, wrong.StatusCode, wrong.Message);
        }
        catch (Exception failure)
        {
            Log.DoorRequestFailed(logger, failure, context.Request.Method, context.Request.Path);
            if (!context.Response.HasStarted)
                await RestError.WriteAsync(context, StatusCodes.Status500InternalServerError, $"The broker failed: {failure.Message}");
        }
    }

    private (int Status, string Why)? Refuse(HttpContext context)
    {
        var request = context.Request;
        if (!Names.Contains(request.Host.Host))
            return (StatusCodes.Status421MisdirectedRequest, $"The host '{request.Host.Value}' is none of this broker's names; it is localhost.");
        if (context.Connection.RemoteIpAddress is not { } address || !IPAddress.IsLoopback(address))
            return (StatusCodes.Status403Forbidden, "This broker answers programs on its own machine only.");
        if (request.Headers.Origin.Count > 0 || request.Headers.ContainsKey("Sec-Fetch-Site"))
            return (StatusCodes.Status403Forbidden, "This broker answers programs, and no pages in a browser.");
        if (IsPrivate(request) && !HasToken(request))
            return (StatusCodes.Status403Forbidden, $"The header {TokenHeader} is missing or wrong. The run has written it to its data folder.");
        return null;
    }

    private bool HasToken(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[TokenHeader].ToString()), Encoding.UTF8.GetBytes(Token));
}
