CREATE TABLE `clause_trial` (
	`drill_id` text NOT NULL,
	`plan_key` text NOT NULL,
	`clause_no` text NOT NULL,
	`path` text NOT NULL,
	`met` integer NOT NULL,
	`held_on` text NOT NULL,
	PRIMARY KEY(`drill_id`, `plan_key`, `clause_no`)
);
--> statement-breakpoint
CREATE INDEX `clause_trial_plan` ON `clause_trial` (`plan_key`,`path`);--> statement-breakpoint
ALTER TABLE `plan_version` ADD `basis` text NOT NULL;--> statement-breakpoint
ALTER TABLE `plan_version` ADD `parameters` text NOT NULL;