using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mayhem.Local.FunctionsHost;

/// <summary>Builds the worker's side: the app's services, its pipeline and its configuration.</summary>
internal static class WorkerHost
{
    public static (IHost Worker, WorkerBuilder App) Build(
        EmbeddedHostOptions options, HostJson hostJson, IConfiguration configuration, Action<IFunctionsWorkerApplicationBuilder> compose)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddSingleton(options.TimeProvider);
        builder.Services.AddSingleton(options.Client);
        // The process belongs to whoever embeds the host, and so do its signals.
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        options.Logging?.Invoke(builder.Logging);
        foreach (var (category, level) in hostJson.LogLevels)
            _ = string.Equals(category, "default", StringComparison.OrdinalIgnoreCase)
                ? builder.Logging.SetMinimumLevel(level)
                : builder.Logging.AddFilter(category, level);
        var app = new WorkerBuilder(builder.Services);
        compose(app);
        return (builder.Build(), app);
    }

    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
