using Azure.Identity;
using Mayhem.Functions.Telemetry.ApplicationInsights;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Tests.Telemetry.ApplicationInsights;

public class IngestionCredentialTests
{
    [Theory]
    [InlineData("Authorization=AAD", true)]
    [InlineData("Authorization=aad; ClientId=8e9f7e62-8b1d-4b0c-a8a9-1c8a7c9c1f00", true)]
    [InlineData("ClientId=8e9f7e62-8b1d-4b0c-a8a9-1c8a7c9c1f00;Authorization=AAD;", true)]
    [InlineData("ClientId=8e9f7e62-8b1d-4b0c-a8a9-1c8a7c9c1f00", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void From_TheAuthenticationString_IsAManagedIdentityOrNone(string? text, bool identity)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = text })
            .Build();

        Assert.Equal(identity, IngestionCredential.From(configuration) is ManagedIdentityCredential);
    }
}
