# Standardised mean difference, and all DIF statistics before and after purifying. Usage: Rscript dif.R scenario_scores.csv out.json
# Written from the rules, not from the Python code. Besides base R it needs the package ordinal.
#
# Two data sets: the scores as they are, and "made_harder", where the focal group loses a point on s05 and s18 (not below
# 0). All three methods match on the total of the scores; each method purifies by its own classes.
suppressMessages(library(ordinal))
arguments <- commandArgs(TRUE)
data <- read.csv(arguments[1])
scores <- as.matrix(data[, grep("^s[0-9]", names(data))])
complete <- complete.cases(scores)
scores <- scores[complete, ]
group <- data$group[complete]

mantel_haenszel <- function(right, matching) {
  tables <- table(factor(group, 0:1), factor(right, 1:0), matching)
  told <- apply(tables, 3, function(m) all(rowSums(m) > 0) && all(colSums(m) > 0))
  test <- mantelhaen.test(tables[, , told], correct = TRUE)
  delta <- unname(-2.35 * log(test$estimate))
  error <- 2.35 * diff(log(test$conf.int)) / (2 * qnorm(.975)) # Robins, Breslow and Greenland's
  class <- if (abs(delta) < 1 || test$p.value >= .05) "A" else if (abs(delta) >= 1.5 && (abs(delta) - 1) / error > qnorm(.95)) "C" else "B"
  list(delta = delta, error = error, p = test$p.value, class = class)
}

standardised_difference <- function(item, matching) {
  means <- tapply(item, list(matching, group), mean)
  both <- complete.cases(means)
  weights <- table(matching, group)[both, "1"]
  difference <- weighted.mean(means[both, "1"] - means[both, "0"], weights)
  # Mantel's test: the focal group's sums of scores against what drawing without replacement gives
  strata <- split(data.frame(item, group), matching)
  expected <- sapply(strata, function(s) sum(s$group) * mean(s$item))
  variance <- sapply(strata, function(s) if (nrow(s) < 2) 0 else sum(s$group) * sum(1 - s$group) / nrow(s) * var(s$item))
  chi_square <- (sum(item * group) - sum(expected))^2 / sum(variance)
  list(difference = difference, effect = difference / sd(item), chi_square = chi_square)
}

ordinal_logistic <- function(item, matching) {
  y <- ordered(item)
  z <- (matching - mean(matching)) / sd(matching)
  exact <- clm.control(gradTol = 1e-9)
  fits <- list(clm(y ~ 1), clm(y ~ z, control = exact), clm(y ~ z + group, control = exact), clm(y ~ z * group, control = exact))
  l <- sapply(fits, function(fit) as.numeric(logLik(fit)))
  r_squared <- (1 - exp(2 * (l[1] - l[-1]) / length(y))) / (1 - exp(2 * l[1] / length(y)))
  lr <- 2 * (l[3:4] - l[2])
  gain <- r_squared[3] - r_squared[1]
  class <- if (gain < .035 || pchisq(lr[2], 2, lower.tail = FALSE) >= .05) "A" else if (gain >= .07) "C" else "B"
  list(lr_uniform = lr[1], lr_total = lr[2], r_squared = r_squared, class = class)
}

# Every item matched on the sum of those kept; one that was left out is matched without itself.
all_items <- function(items, scores, statistic, left_out = integer(0)) {
  kept <- setdiff(seq_len(ncol(scores)), left_out)
  lapply(seq_len(ncol(items)), function(j) statistic(items[, j], rowSums(scores[, kept])))
}
flagged <- function(results) which(sapply(results, function(result) result$class != "A"))
pick <- function(results, what) unname(t(sapply(results, function(result) result[[what]])))

study <- function(scores) {
  right <- (scores >= 3) + 0
  plain <- all_items(right, scores, mantel_haenszel)
  by_delta <- flagged(plain)
  by_ordinal <- flagged(all_items(scores, scores, ordinal_logistic))
  counted <- all_items(right, scores, mantel_haenszel, by_delta)
  totalled <- all_items(scores, scores, ordinal_logistic, by_ordinal)
  before <- all_items(scores, scores, standardised_difference)
  after <- all_items(scores, scores, standardised_difference, by_ordinal)
  list(
    left_out_by_delta = by_delta - 1, left_out_by_ordinal = by_ordinal - 1, # from 0, as Python counts
    delta = pick(plain, "delta"), delta_error = pick(plain, "error"), delta_p = pick(plain, "p"),
    smd = pick(before, "difference"), smd_effect = pick(before, "effect"), smd_chi_square = pick(before, "chi_square"),
    purified_smd = pick(after, "difference"), purified_smd_chi_square = pick(after, "chi_square"),
    purified_delta = pick(counted, "delta"), purified_delta_error = pick(counted, "error"), purified_delta_p = pick(counted, "p"),
    purified_lr_uniform = pick(totalled, "lr_uniform"), purified_lr_total = pick(totalled, "lr_total"),
    purified_r_squared_3 = sapply(totalled, function(result) result$r_squared[3])
  )
}

numbers <- function(v) paste0("[", paste(sprintf("%.15g", v), collapse = ", "), "]")
object <- function(named) paste0("{\n", paste(sprintf('    "%s": %s', names(named), sapply(named, numbers)), collapse = ",\n"), "\n  }")
harder <- scores
for (item in c("s05", "s18")) harder[, item] <- pmax(0, harder[, item] - group)
writeLines(c("{", sprintf('  "R": "%s",', R.version.string), sprintf('  "ordinal": "%s",', packageVersion("ordinal")),
  sprintf('  "as_they_are": %s,', object(study(scores))), sprintf('  "made_harder": %s', object(study(harder))), "}"), arguments[2])
