using Mayhem.AzureSurface;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Ties the Application Insights SDK to the Functions host.</summary>
public static class FunctionsApplicationInsightsExtensions
{
    public static IServiceCollection ConfigureFunctionsApplicationInsights(this IServiceCollection services) =>
        throw Surface.NeedsPackages("ConfigureFunctionsApplicationInsights");
}
