package dev.sluice.optimizer;

import dev.sluice.config.Setting;
import dev.sluice.config.Variant;

/** The {@code training.optimizer} section. */
public sealed interface OptimizerConfig {

  /** The base step size. */
  double rate();

  /** Stochastic gradient descent with classical momentum. */
  @Variant(value = "sgd", about = "Stochastic gradient descent with classical momentum.")
  record Sgd(
      @Setting(value = "Step size.", byDefault = "0.1", min = 0, max = 1000, aboveMin = true)
          double rate,
      @Setting(
              value = "Share of the last step that is kept.",
              byDefault = "0.0",
              min = 0,
              max = 1,
              belowMax = true)
          double momentum)
      implements OptimizerConfig {}

  /** AdaGrad, Duchi et al. 2011. */
  @Variant(
      value = "adagrad",
      about = "AdaGrad: each weight's step shrinks with its summed squared gradients.")
  record AdaGrad(
      @Setting(value = "Step size.", byDefault = "0.01", min = 0, max = 1000, aboveMin = true)
          double rate,
      @Setting(
              value = "Added to the root, against division by zero.",
              byDefault = "1e-10",
              min = 1e-30,
              max = 1)
          double epsilon)
      implements OptimizerConfig {}

  /** RMSProp, Tieleman and Hinton 2012. */
  @Variant(
      value = "rmsprop",
      about = "RMSProp: steps divided by a running root mean square of the gradient.")
  record RmsProp(
      @Setting(value = "Step size.", byDefault = "0.001", min = 0, max = 1000, aboveMin = true)
          double rate,
      @Setting(
              value = "Decay of the running mean of squares.",
              byDefault = "0.99",
              min = 0,
              max = 1,
              belowMax = true)
          double decay,
      @Setting(
              value = "Added to the root, against division by zero.",
              byDefault = "1e-8",
              min = 1e-30,
              max = 1)
          double epsilon)
      implements OptimizerConfig {}

  /** Adam, Kingma and Ba 2015. */
  @Variant(
      value = "adam",
      about = "Adam: running means of gradient and squared gradient, corrected for their start.")
  record Adam(
      @Setting(value = "Step size.", byDefault = "0.001", min = 0, max = 1000, aboveMin = true)
          double rate,
      @Setting(
              value = "Decay of the first moment.",
              byDefault = "0.9",
              min = 0,
              max = 1,
              belowMax = true)
          double beta1,
      @Setting(
              value = "Decay of the second moment.",
              byDefault = "0.999",
              min = 0,
              max = 1,
              belowMax = true)
          double beta2,
      @Setting(
              value = "Added to the root, against division by zero.",
              byDefault = "1e-8",
              min = 1e-30,
              max = 1)
          double epsilon)
      implements OptimizerConfig {}

  /** AdamW, Loshchilov and Hutter 2019. */
  @Variant(
      value = "adamw",
      about = "Adam with weight decay applied to the weights themselves, not to the gradient.")
  record AdamW(
      @Setting(value = "Step size.", byDefault = "0.001", min = 0, max = 1000, aboveMin = true)
          double rate,
      @Setting(
              value = "Decay of the first moment.",
              byDefault = "0.9",
              min = 0,
              max = 1,
              belowMax = true)
          double beta1,
      @Setting(
              value = "Decay of the second moment.",
              byDefault = "0.999",
              min = 0,
              max = 1,
              belowMax = true)
          double beta2,
      @Setting(
              value = "Added to the root, against division by zero.",
              byDefault = "1e-8",
              min = 1e-30,
              max = 1)
          double epsilon,
      @Setting(
              value = "Share of each weight taken away per step, times the rate.",
              byDefault = "0.01",
              min = 0,
              max = 1)
          double decay)
      implements OptimizerConfig {}

  /** Nadam, Dozat 2016. */
  @Variant(value = "nadam", about = "Adam with Nesterov momentum.")
  record Nadam(
      @Setting(value = "Step size.", byDefault = "0.002", min = 0, max = 1000, aboveMin = true)
          double rate,
      @Setting(
              value = "Decay of the first moment.",
              byDefault = "0.9",
              min = 0,
              max = 1,
              belowMax = true)
          double beta1,
      @Setting(
              value = "Decay of the second moment.",
              byDefault = "0.999",
              min = 0,
              max = 1,
              belowMax = true)
          double beta2,
      @Setting(
              value = "Added to the root, against division by zero.",
              byDefault = "1e-8",
              min = 1e-30,
              max = 1)
          double epsilon)
      implements OptimizerConfig {}
}
