using Azure.Messaging.ServiceBus;
using Mayhem.Local.FunctionsHost;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Local.Tests.FunctionsHost;

public class FunctionDiscoveryTests
{
    private static readonly IConfiguration Configuration = new ConfigurationBuilder().Build();

    [Fact]
    public void Find_StaticFunctionAndATimer_RunsTheOneAndNamesTheOther()
    {
        var (functions, _, others) = FunctionDiscovery.Find(typeof(Good).Assembly, type => type == typeof(Good), Configuration, new ServiceBusHostSettings());

        var function = Assert.Single(functions);
        Assert.Equal(("Static", "plain", true), (function.Name, function.Queue, function.AutoComplete));
        Assert.Equal("Timer", Assert.Single(others));
    }

    [Theory]
    [InlineData(typeof(Nothing), "Mayhem.Local.Tests has no function with a [ServiceBusTrigger].")]
    [InlineData(typeof(NoTrigger), "Function 'NoTrigger' (Mayhem.Local.Tests.FunctionsHost.FunctionDiscoveryTests+NoTrigger.Run) has no trigger")]
    [InlineData(typeof(BindsText), "Function 'BindsText': the parameter 'message' is a String. The embedded host binds ServiceBusReceivedMessage,")]
    [InlineData(typeof(BindsMore), "Function 'BindsMore': the parameter 'retries' is a Int32.")]
    [InlineData(typeof(Returns), "Function 'Returns' returns String. The embedded host has no output bindings")]
    [InlineData(typeof(AsyncVoid), "Function 'AsyncVoid' is async void")]
    [InlineData(typeof(Batches), "Function 'Batches' takes batches (IsBatched).")]
    [InlineData(typeof(Subscribes), "Function 'Subscribes' listens on the subscription 'topic/subscription'.")]
    [InlineData(typeof(Unset), "The setting Unset is missing: the trigger of function 'Unset' listens on '%Unset%'.")]
    [InlineData(typeof(NoSession), "Function 'NoSession' binds ServiceBusSessionMessageActions, but its trigger has no sessions")]
    [InlineData(typeof(Twice), "Two functions are named 'Same'")]
    public void Find_WhatCannotRun_NamesFunctionAndReason(Type type, string start)
    {
        var error = Assert.Throws<HostConfigurationException>(() =>
            FunctionDiscovery.Find(type.Assembly, candidate => candidate == type, Configuration, new ServiceBusHostSettings()));

        Assert.StartsWith(start, error.Message, StringComparison.Ordinal);
    }

    public static class Good
    {
        [Function("Static")]
        public static void Run([ServiceBusTrigger("plain")] ServiceBusReceivedMessage message) => Assert.NotNull(message);

        [Function("Timer")]
        public static void OnTime([Clock] object timer) => Assert.NotNull(timer);
    }

    [Theory]
    [InlineData("AzureWebJobs.One.Disabled", "true")]
    [InlineData("AzureWebJobs_One_Disabled", "1")]
    public void Find_AFunctionThatASettingDisables_RunsTheOthers(string setting, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(setting, (string?)value)]).Build();
        var (functions, disabled, _) = FunctionDiscovery.Find(typeof(OneAndTwo).Assembly, type => type == typeof(OneAndTwo), configuration, new ServiceBusHostSettings());

        Assert.Equal("Two", Assert.Single(functions).Name);
        Assert.Equal("One", Assert.Single(disabled));
    }

    [Fact]
    public void Find_EveryFunctionDisabled_SaysWhichSettingsDoIt()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [KeyValuePair.Create("AzureWebJobs.One.Disabled", (string?)"true"), KeyValuePair.Create("AzureWebJobs.Two.Disabled", (string?)"True")]).Build();
        var error = Assert.Throws<HostConfigurationException>(() =>
            FunctionDiscovery.Find(typeof(OneAndTwo).Assembly, type => type == typeof(OneAndTwo), configuration, new ServiceBusHostSettings()));

        Assert.Equal("Every function is disabled. Set one of AzureWebJobs.One.Disabled and AzureWebJobs.Two.Disabled to false.", error.Message);
    }

    public static class OneAndTwo
    {
        [Function("One")]
        public static void One([ServiceBusTrigger("q")] ServiceBusReceivedMessage message) => Assert.NotNull(message);

        [Function("Two")]
        public static void Two([ServiceBusTrigger("q", IsSessionsEnabled = true)] ServiceBusReceivedMessage message, ServiceBusSessionMessageActions session) =>
            Assert.Equal(message.SessionId, session.ToString());
    }

    public static class NoSession
    {
        [Function("NoSession")]
        public static void Run([ServiceBusTrigger("q")] ServiceBusReceivedMessage message, ServiceBusSessionMessageActions session) => Assert.Equal(message.SessionId, session.ToString());
    }

    public static class Nothing;

    public static class NoTrigger
    {
        [Function("NoTrigger")]
        public static void Run(ServiceBusReceivedMessage message) => Assert.NotNull(message);
    }

    public static class BindsText
    {
        [Function("BindsText")]
        public static void Run([ServiceBusTrigger("q")] string message) => Assert.NotNull(message);
    }

    public static class BindsMore
    {
        [Function("BindsMore")]
        public static void Run([ServiceBusTrigger("q")] ServiceBusReceivedMessage message, int retries) => Assert.Equal(0, message.DeliveryCount - retries);
    }

    public static class Returns
    {
        [Function("Returns")]
        public static string Run([ServiceBusTrigger("q")] ServiceBusReceivedMessage message) => message.MessageId;
    }

    public static class AsyncVoid
    {
        [Function("AsyncVoid")]
        public static async void Run([ServiceBusTrigger("q")] ServiceBusReceivedMessage message) => await Task.FromResult(message);
    }

    public static class Batches
    {
        [Function("Batches")]
        public static void Run([ServiceBusTrigger("q", IsBatched = true)] ServiceBusReceivedMessage[] messages) => Assert.NotEmpty(messages);
    }

    public static class Subscribes
    {
        [Function("Subscribes")]
        public static void Run([ServiceBusTrigger("topic", "subscription")] ServiceBusReceivedMessage message) => Assert.NotNull(message);
    }

    public static class Unset
    {
        [Function("Unset")]
        public static void Run([ServiceBusTrigger("%Unset%")] ServiceBusReceivedMessage message) => Assert.NotNull(message);
    }

    public static class Twice
    {
        [Function("Same")]
        public static void One([ServiceBusTrigger("q")] ServiceBusReceivedMessage message) => Assert.NotNull(message);

        [Function("same")]
        public static void Other([ServiceBusTrigger("q")] ServiceBusReceivedMessage message) => Assert.NotNull(message);
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    public sealed class ClockAttribute : TriggerBindingAttribute;
}
