using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.Dashboard.Server;

/// <summary>The web server beneath the dashboard: it reads no configuration and no environment, logs nothing by itself, listens where it is told, and answers what its rules let through.</summary>
internal static class WebHost
{
    private const int LargestBody = 1 << 20;

    /// <summary>Builds it. It does not listen yet.</summary>
    /// <param name="options">Where to listen.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    public static WebApplication Build(DashboardOptions options, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Mayhem.Dashboard" });
        builder.Services.AddRoutingCore();
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            if (port == 0)
                kestrel.Listen(IPAddress.Loopback, port);
            else
                kestrel.ListenLocalhost(port);
            if (options.Listen is { } listen && AddressOf(listen) is { } address && !IPAddress.IsLoopback(address))
                kestrel.Listen(address, port);
        });
        return builder.Build();
    }

    /// <summary>What is done with every request: refused, or answered with safe headers. A failure is answered, too, and goes no further.</summary>
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next, RequestRules rules, ILogger logger)
    {
        SafeHeaders.Set(context.Response);
        try
        {
            if (rules.Refuse(context) is var (status, why))
            {
                Log.Refused(logger, context.Request.Method, context.Request.Path, why);
                await context.ProblemAsync(status, why);
                return;
            }

            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (Exception failure)
        {
            Log.RequestFailed(logger, failure, context.Request.Method, context.Request.Path);
            if (!context.Response.HasStarted)
                await context.ProblemAsync(StatusCodes.Status500InternalServerError, "The dashboard failed here; no message is concerned. The log has more.");
        }
    }

    /// <summary>The address that a name stands for.</summary>
    /// <exception cref="IOException">Nobody knows the name.</exception>
    private static IPAddress AddressOf(string listen)
    {
        try
        {
            return IPAddress.TryParse(listen, out var address) ? address : Dns.GetHostAddresses(listen)[0];
        }
        catch (Exception unknown) when (unknown is System.Net.Sockets.SocketException or IndexOutOfRangeException)
        {
            throw new IOException($"Nobody knows the host '{listen}'.", unknown);
        }
    }
}
