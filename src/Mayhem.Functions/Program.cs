using Mayhem.Functions;
using Mayhem.Functions.Configuration;
using Mayhem.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.AddMayhem(builder.Configuration);
builder.Services.AddMayhemTelemetry().ConfigureFunctionsApplicationInsights();

using var host = builder.Build();
try
{
    host.Services.GetRequiredService<UncaughtExceptions>().Watch();
    await host.RunAsync();
    return Environment.ExitCode;
}
catch (Exception exception) when (ConfigurationErrors.Of(exception) is { Count: > 0 } errors)
{
    foreach (var error in errors)
        await Console.Error.WriteLineAsync($"Mayhem cannot start: {error}");
    return ConfigurationErrors.ExitCode;
}
